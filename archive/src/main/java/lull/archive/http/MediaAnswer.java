package lull.archive.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import lull.contract.KeptFile;
import lull.contract.VisibleLine;

/// Headers with which a file of the media store is served. Its sender has chosen its name and type, so
/// both are reduced to what is valid in a header. Pure.
final class MediaAnswer {

    private static final Pattern TYPE = Pattern.compile("[a-z0-9]{1,60}/[a-z0-9.+_-]{1,120}", Pattern.CASE_INSENSITIVE);

    private MediaAnswer() {}

    /// Returns the content type; that of any bytes if it is not one.
    static String contentType(KeptFile file) {
        return TYPE.matcher(file.contentType()).matches() ? file.contentType() : "application/octet-stream";
    }

    /// Returns the disposition by RFC 6266: a download, with its name in ASCII and, if it has other
    /// characters, in UTF-8.
    static String disposition(KeptFile file) {
        // Marks of direction could show the end of a name in its middle, such as that of a program.
        String given = file.name() == null ? "" : VisibleLine.of(file.name());
        String name = given.isEmpty() ? file.sha256().substring(0, 12) : given;
        String ascii = name.replaceAll("[^A-Za-z0-9._ -]", "_");
        String plain = "attachment; filename=\"" + ascii + "\"";
        return ascii.equals(name)
                ? plain
                : plain + "; filename*=UTF-8''"
                        + URLEncoder.encode(name, StandardCharsets.UTF_8)
                                .replace("+", "%20")
                                .replace("*", "%2A");
    }
}
