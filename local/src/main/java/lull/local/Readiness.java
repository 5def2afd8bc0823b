package lull.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waiting until a process says that it is ready.
final class Readiness {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private Readiness() {}

    /// Asks `/readyz` until it answers 200 and the condition holds; throws `IllegalStateException` with the last
    /// answer when the limit has passed.
    static void await(URI readyz, BooleanSupplier condition, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        String last = "no answer";
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (System.nanoTime() < deadline) {
                try {
                    HttpResponse<String> answer =
                            client.send(HttpRequest.newBuilder(readyz).build(), HttpResponse.BodyHandlers.ofString());
                    last = answer.body();
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
