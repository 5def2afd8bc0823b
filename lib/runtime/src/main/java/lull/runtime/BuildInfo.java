package lull.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/// Version and commit that this process was built from, as the build has written them down.
///
/// @param commit the hash of the commit, with `-dirty` behind it if files had changed; `unknown` if it was built
///     without git
public record BuildInfo(String version, String commit) {

    /// What the build says.
    public static BuildInfo read() {
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            // As if it were not there.
            properties.clear();
        }
        String dirty = Boolean.parseBoolean(properties.getProperty("dirty")) ? "-dirty" : "";
        return new BuildInfo(
                properties.getProperty("version", "unknown"), properties.getProperty("commit", "unknown") + dirty);
    }
}
