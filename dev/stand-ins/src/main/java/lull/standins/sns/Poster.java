package lull.standins.sns;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import lull.runtime.http.BoundedHttpClient;
import lull.standins.http.Json;

/// Sender of one request to a subscriber, once: with the headers that SNS sends, or into a queue by SQS's JSON
/// protocol.
final class Poster implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final BoundedHttpClient http = new BoundedHttpClient(TIMEOUT);

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
                .header("Content-Type", "text/plain; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    /// Puts a message into a queue; the request is not signed, as no stand-in of SQS asks for that.
    Outcome send(URI queue, String body) {
        String message =
                Json.write(Json.object().put("QueueUrl", queue.toString()).put("MessageBody", body));
        return send(HttpRequest.newBuilder(queue.resolve("/"))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "AmazonSQS.SendMessage")
                .POST(HttpRequest.BodyPublishers.ofString(message)));
    }

    private Outcome send(HttpRequest.Builder request) {
        request.header("User-Agent", "Amazon Simple Notification Service Agent");
        try {
            int status = http.send(request.build(), TIMEOUT, BoundedHttpClient.JSON_BYTES)
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
        http.close();
    }
}
