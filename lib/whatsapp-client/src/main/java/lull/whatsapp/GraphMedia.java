package lull.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.http.BoundedHttpClient;
import lull.whatsapp.ReplySender.Delivery;

/// WhatsApp's media by Meta's Graph API: a form with the file in it, which is read from the disk as it is sent.
public final class GraphMedia implements MediaUploader {

    private final GraphSender.Options options;
    private final Set<String> notHere;
    private final Duration timeout;
    private final WhatsAppMetrics metrics;
    private final BoundedHttpClient http;

    /// An uploader with connections of its own.
    ///
    /// @param notHere business numbers that the Graph API does not serve: their files are refused
    /// @param timeout of an upload, which takes longer than the calls that the options are for
    public GraphMedia(GraphSender.Options options, Set<String> notHere, Duration timeout, WhatsAppMetrics metrics) {
        this.options = options;
        this.notHere = Set.copyOf(notHere);
        this.timeout = timeout;
        this.metrics = metrics;
        this.http = new BoundedHttpClient(options.connectTimeout());
    }

    @Override
    public Upload upload(String businessNumber, Path file, String mimeType, String name) throws InterruptedException {
        if (notHere.contains(businessNumber)) {
            return new Upload.Refused("There is no bucket for files of this number");
        }
        long start = System.nanoTime();
        Optional<String> authorization = options.authorization(businessNumber);
        Upload upload = authorization.isEmpty()
                ? upload(options.withoutToken(businessNumber))
                : call(businessNumber, authorization.get(), file, mimeType, name);
        metrics.whatsAppCalled(upload.word(), Duration.ofNanos(System.nanoTime() - start));
        return upload;
    }

    private Upload call(String businessNumber, String authorization, Path file, String mimeType, String name)
            throws InterruptedException {
        try {
            String boundary = "lull-" + UUID.randomUUID();
            HttpRequest request = HttpRequest.newBuilder(options.address(businessNumber, "media"))
                    .header("Authorization", authorization)
                    .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .POST(form(boundary, file, mimeType, name))
                    .build();
            HttpResponse<byte[]> response = http.send(request, timeout, BoundedHttpClient.JSON_BYTES);
            return upload(new GraphErrors(businessNumber, options.access()), response.statusCode(), response.body());
        } catch (IOException e) {
            return new Upload.Again(
                    Duration.ZERO, "WhatsApp does not answer: " + e.getClass().getSimpleName());
        }
    }

    private static BodyPublisher form(String boundary, Path file, String mimeType, String name) throws IOException {
        String before = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\n"
                + "whatsapp\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\n"
                + printable(mimeType) + "\r\n--" + boundary
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + printable(name)
                + "\"\r\nContent-Type: " + printable(mimeType) + "\r\n\r\n";
        return BodyPublishers.concat(
                BodyPublishers.ofString(before, StandardCharsets.UTF_8),
                BodyPublishers.ofFile(file),
                BodyPublishers.ofString("\r\n--" + boundary + "--\r\n", StandardCharsets.UTF_8));
    }

    /// Names come from people, and must not end the header that they stand in.
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\"\\\\]", "_");
    }

    private static Upload upload(GraphErrors errors, int status, byte[] body) {
        JsonNode answer;
        try {
            answer = Json.tree(body);
        } catch (UnreadableJson e) {
            return upload(errors.withoutCode(status));
        }
        String id = answer.path("id").asText("");
        if (status / 100 == 2 && !id.isEmpty()) {
            return new Upload.Done(id);
        }
        JsonNode code = answer.path("error").path("code");
        return upload(code.isIntegralNumber() ? errors.of(code.intValue(), status) : errors.withoutCode(status));
    }

    private static Upload upload(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Accepted accepted -> new Upload.Again(Duration.ZERO, "WhatsApp answered without an id");
            case Delivery.Unclear(boolean answered, String reason) -> new Upload.Again(Duration.ZERO, reason);
            case Delivery.Again(Duration atLeast, String reason) -> new Upload.Again(atLeast, reason);
            case Delivery.Refused(int code, String reason) -> new Upload.Refused(reason);
            case Delivery.Misconfigured(ErrorScope scope, String reason) -> new Upload.Misconfigured(scope, reason);
        };
    }
}
