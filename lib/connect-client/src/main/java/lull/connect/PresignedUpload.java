package lull.connect;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import lull.connect.ParticipantPort.Upload;
import lull.runtime.http.BoundedHttpClient;

/// Upload of files to the address that Connect returns, which is Amazon S3. It must send exactly the
/// given headers, or S3 rejects it.
final class PresignedUpload implements AutoCloseable {

    /// Headers that the HTTP client sets itself and does not let callers set.
    private static final Set<String> OWN = Set.of("content-length", "host", "expect", "connection");

    private final Duration timeout;
    private final BoundedHttpClient http;

    PresignedUpload(Duration connectTimeout, Duration timeout) {
        this.timeout = timeout;
        this.http = new BoundedHttpClient(connectTimeout);
    }

    /// Uploads a file, which is streamed from the disk; returns the attachment's id.
    Answer<String> put(Upload upload, Path file) throws InterruptedException {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(upload.address()).PUT(HttpRequest.BodyPublishers.ofFile(file));
            upload.headers().forEach((name, value) -> {
                if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                    request.header(name, value);
                }
            });
            int status = http.send(request.build(), timeout, BoundedHttpClient.JSON_BYTES)
                    .statusCode();
            return status / 100 == 2 ? new Answer.Ok<>(upload.attachmentId()) : new Answer.Failed<>(trouble(status));
        } catch (IOException e) {
            return new Answer.Failed<>(
                    new ConnectError.Transient("Upload: " + e.getClass().getSimpleName()));
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private static ConnectError trouble(int status) {
        String reason = "The upload was answered " + status;
        return switch (status) {
            case 408, 429, 503 -> new ConnectError.Throttled(reason);
            default -> status < 500 ? new ConnectError.Invalid(reason) : new ConnectError.Transient(reason);
        };
    }
}
