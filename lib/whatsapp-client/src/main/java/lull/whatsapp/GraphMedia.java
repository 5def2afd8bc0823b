package lull.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import lull.runtime.http.MultipartForm;

/// [MediaUploader] by Meta's Graph API: sends a form with the file, which is streamed from the disk.
public final class GraphMedia implements MediaUploader {

    private static final Duration SOON = Duration.ofSeconds(1);

    private static final Upload NO_BUCKET = new WhatsAppError.Refused(0, "There is no bucket for files of this number");

    private final GraphClient graph;
    private final Set<String> notHere;
    private final Duration timeout;
    private final WhatsAppMetrics metrics;

    /// @param notHere business numbers that the Graph API does not serve: their files are rejected
    /// @param timeout of an upload, which takes longer than other calls
    public GraphMedia(GraphClient graph, Set<String> notHere, Duration timeout, WhatsAppMetrics metrics) {
        this.graph = graph;
        this.notHere = Set.copyOf(notHere);
        this.timeout = timeout;
        this.metrics = metrics;
    }

    @Override
    public Upload upload(String businessNumber, Path file, String mimeType, String name) throws InterruptedException {
        if (notHere.contains(businessNumber)) {
            return NO_BUCKET;
        }
        long start = System.nanoTime();
        Upload upload = call(businessNumber, file, mimeType, name);
        metrics.whatsAppCalled(upload.uploadWord(), Duration.ofNanos(System.nanoTime() - start));
        return upload;
    }

    /// Uploads a file that is in memory. Nothing is measured.
    public Upload upload(String businessNumber, byte[] file, String mimeType, String name) throws InterruptedException {
        return notHere.contains(businessNumber)
                ? NO_BUCKET
                : call(businessNumber, BodyPublishers.ofByteArray(file), mimeType, name);
    }

    private Upload call(String businessNumber, Path file, String mimeType, String name) throws InterruptedException {
        try {
            return call(businessNumber, BodyPublishers.ofFile(file), mimeType, name);
        } catch (FileNotFoundException e) {
            return new WhatsAppError.Transient(
                    Duration.ZERO, "The file cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private Upload call(String businessNumber, BodyPublisher file, String mimeType, String name)
            throws InterruptedException {
        MultipartForm form = new MultipartForm()
                .text("messaging_product", "whatsapp")
                .text("type", mimeType)
                .file("file", file, mimeType, name);
        GraphAnswer answer = graph.post(businessNumber, "media", form.contentType(), form.body(), timeout)
                .send();
        return switch (answer) {
            case GraphAnswer.Ok(int status, JsonNode body) -> {
                String id = body.path("id").asText("");
                yield id.isEmpty()
                        ? new WhatsAppError.Transient(SOON, "WhatsApp answered " + status + " without an id")
                        : new Upload.Done(id);
            }
            case GraphAnswer.Failed(GraphError error) ->
                repeatable(new GraphErrors(businessNumber, graph.tokenSetting(businessNumber)).of(error));
        };
    }

    /// A file that is uploaded twice is not visible to anyone, so an upload with an unknown result is
    /// repeated.
    private static Upload repeatable(WhatsAppError error) {
        return error instanceof WhatsAppError.Unclear unclear
                ? new WhatsAppError.Transient(Duration.ZERO, unclear.reason())
                : error;
    }
}
