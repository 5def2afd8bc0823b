package lull.ingress.reply;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Blocker;
import org.jspecify.annotations.Nullable;

/// Body of a request as `multipart/form-data`: a part `request` with JSON, and a file. It is read in memory;
/// nothing is written to the disk. Immutable.
///
/// @param request the JSON
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record ReplyForm(byte[] request, Attached file) {

    private static final String MULTIPART = "multipart/form-data";
    private static final String REQUEST = "request";

    /// The request and one file. More of them would not be sent.
    private static final int PARTS = 2;

    private static final int MAX_HEADER_BYTES = 8 * 1024;

    /// The file.
    ///
    /// @param part the name of its part
    /// @param contentType as the sender says; absent if it does not
    /// @param fileName as the sender says; absent if it does not
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Attached(
            String part,
            @Nullable String contentType,
            @Nullable String fileName,
            byte[] bytes) {

        @Override
        public String toString() {
            return "Attached[" + bytes.length + " bytes]";
        }
    }

    /// Result of reading a body.
    sealed interface Parsed {

        record Form(ReplyForm form) implements Parsed {}

        /// It is no such form.
        ///
        /// @param problem in words, for the sender
        record Wrong(String problem) implements Parsed {}
    }

    /// Whether a body of this content type is a form.
    static boolean isForm(@Nullable String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length());
    }

    /// Reads a complete body.
    static Parsed parse(String contentType, byte[] body) {
        Optional<String> boundary = boundary(contentType);
        if (boundary.isEmpty()) {
            return new Parsed.Wrong("The header Content-Type of a form needs a boundary");
        }
        MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary.get());
        parser.setMaxParts(PARTS);
        parser.setPartHeadersMaxLength(MAX_HEADER_BYTES);
        parser.setMaxLength(-1);
        parser.setMaxFileSize(-1);
        // Files stay in memory, whatever their size.
        parser.setMaxMemoryFileSize(-1);
        parser.setUseFilesForPartsWithoutFileName(false);
        try (MultiPartFormData.Parts parts = Blocker.blockWithPromise(
                promise -> parser.parse(Content.Source.from(ByteBuffer.wrap(body)), promise))) {
            return of(parts);
        } catch (IOException | RuntimeException e) {
            // The parser throws several of both for what a sender may have written.
            return new Parsed.Wrong(
                    "The body is no multipart/form-data with a part named request and one file: at most two parts, each"
                            + " with a name, and the boundary of the header Content-Type");
        }
    }

    private static Parsed of(MultiPartFormData.Parts parts) throws IOException {
        MultiPart.Part request = parts.getFirst(REQUEST);
        List<MultiPart.Part> files = new ArrayList<>();
        for (MultiPart.Part part : parts) {
            if (!REQUEST.equals(part.getName())) {
                files.add(part);
            }
        }
        if (request == null || files.size() != 1) {
            return new Parsed.Wrong("A form needs a part named request, with the JSON of the request, and one file");
        }
        MultiPart.Part file = files.getFirst();
        return new Parsed.Form(new ReplyForm(
                bytes(request),
                new Attached(
                        String.valueOf(file.getName()),
                        file.getHeaders().get(HttpHeader.CONTENT_TYPE),
                        file.getFileName(),
                        bytes(file))));
    }

    private static byte[] bytes(MultiPart.Part part) throws IOException {
        ByteBuffer content = Content.Source.asByteBuffer(part.createContentSource());
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    private static Optional<String> boundary(String contentType) {
        String boundary = MultiPart.extractBoundary(contentType);
        return Optional.ofNullable(boundary).filter(text -> !text.isBlank());
    }

    @Override
    public String toString() {
        return "ReplyForm[" + file + "]";
    }
}
