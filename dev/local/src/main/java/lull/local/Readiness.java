package lull.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import lull.runtime.http.BoundedHttpClient;

/// Waiting until a process says that it is ready.
final class Readiness {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private Readiness() {}

    /// Asks `/readyz` until it answers 200 and the condition holds; throws `IllegalStateException` with the last
    /// answer when the limit has passed.
    static void await(URI readyz, BooleanSupplier condition, Duration limit) throws InterruptedException {
        await(readyz, condition, limit, () -> {});
    }

    /// The same; runs something before each question.
    static void await(URI readyz, BooleanSupplier condition, Duration limit, Runnable before)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        String last = "no answer";
        try (BoundedHttpClient client = new BoundedHttpClient(ANSWER_LIMIT)) {
            while (System.nanoTime() < deadline) {
                before.run();
                try {
                    HttpResponse<byte[]> answer = client.send(
                            HttpRequest.newBuilder(readyz).build(), ANSWER_LIMIT, BoundedHttpClient.JSON_BYTES);
                    last = new String(answer.body(), StandardCharsets.UTF_8);
                    if (answer.statusCode() == 200 && condition.getAsBoolean()) {
                        return;
                    }
                } catch (IOException e) {
                    last = e.getClass().getSimpleName();
                }
                Thread.sleep(LOOK_EVERY);
            }
        }
        throw new IllegalStateException("Not ready after " + limit.toSeconds() + " s: " + last);
    }
}
