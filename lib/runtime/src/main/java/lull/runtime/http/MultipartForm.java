package lull.runtime.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Body of a request in the form `multipart/form-data` (RFC 7578): texts and files. Not safe for
/// several threads.
public final class MultipartForm {

    private final String boundary = "lull-" + UUID.randomUUID();
    private final List<BodyPublisher> parts = new ArrayList<>();

    /// The header Content-Type of the request.
    public String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /// Adds a text.
    public MultipartForm text(String name, String value) {
        parts.add(head("name=\"" + printable(name) + "\"", ""));
        parts.add(utf8(value));
        return end();
    }

    /// Adds a file.
    ///
    /// @param fileName may be written by people
    public MultipartForm file(String name, BodyPublisher bytes, String mimeType, String fileName) {
        parts.add(head(
                "name=\"" + printable(name) + "\"; filename=\"" + printable(fileName) + "\"",
                "Content-Type: " + printable(mimeType) + "\r\n"));
        parts.add(bytes);
        return end();
    }

    /// Returns the body.
    public BodyPublisher body() {
        List<BodyPublisher> all = new ArrayList<>(parts);
        all.add(utf8("--" + boundary + "--\r\n"));
        return BodyPublishers.concat(all.toArray(BodyPublisher[]::new));
    }

    private BodyPublisher head(String disposition, String more) {
        return utf8("--" + boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\n" + more + "\r\n");
    }

    private MultipartForm end() {
        parts.add(utf8("\r\n"));
        return this;
    }

    private static BodyPublisher utf8(String text) {
        return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
    }

    /// A name must not end the header that contains it.
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\"\\\\]", "_");
    }
}
