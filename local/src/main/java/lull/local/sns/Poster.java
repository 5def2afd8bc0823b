package lull.local.sns;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/// Posts to a subscriber, once, with the headers that SNS sends.
final class Poster implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /// What became of one attempt.
    sealed interface Outcome {
        record Delivered() implements Outcome {}

        /// A timeout, a broken connection, a 5xx or a 429: worth another attempt.
        record Failed(String reason) implements Outcome {}

        /// Any other answer: SNS gives up at once.
        record Refused(String reason) implements Outcome {}
    }

    Outcome post(URI endpoint, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(TIMEOUT)
                .header("Content-Type", "text/plain; charset=UTF-8")
                .header("User-Agent", "Amazon Simple Notification Service Agent")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status / 100 == 2) {
                return new Outcome.Delivered();
            }
            String reason = "HTTP " + status;
            return status >= 500 || status == 429 ? new Outcome.Failed(reason) : new Outcome.Refused(reason);
        } catch (IOException broken) {
            return new Outcome.Failed(broken.getClass().getSimpleName());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("the stand-in stops");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
