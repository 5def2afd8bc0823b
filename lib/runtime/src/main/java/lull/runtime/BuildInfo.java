package lull.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/// Version and commit from which this process was built, as recorded by the build. Immutable.
///
/// @param commit the hash of the commit, with `-dirty` appended if files had changed; `unknown` if it
///     was built without git
public record BuildInfo(String version, String commit) {

    /// Reads what the build has recorded.
    public static BuildInfo read() {
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            // Treated as missing.
            properties.clear();
        }
        String dirty = Boolean.parseBoolean(properties.getProperty("dirty")) ? "-dirty" : "";
        return new BuildInfo(
                properties.getProperty("version", "unknown"), properties.getProperty("commit", "unknown") + dirty);
    }
}
