package lull.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lull.ingress.http.TestWebhook;

/// WhatsApp behind a load balancer that knows nothing of the ingresses' health: each attempt goes to the next ingress,
/// and a webhook that is not answered 200 is sent again. May be used by any number of threads.
final class RetryingWebhooks implements AutoCloseable {

    private static final Duration SEND_AGAIN = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String NUMBER = "100000000000001";

    private final int[] ports;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();

    /// @param ports of the ingresses
    RetryingWebhooks(int... ports) {
        this.ports = ports.clone();
    }

    /// A customer writes a text. Returns its id once an ingress has accepted it.
    String insist(String customer, String text) {
        String id = World.newId();
        byte[] body = new TestWebhook(NUMBER, customer, "Customer " + customer).text(id, text, Instant.now());
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!isAccepted(body)) {
            if (System.nanoTime() > until) {
                throw new AssertionError("No ingress accepts a webhook; answers so far: " + answers);
            }
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, SEND_AGAIN.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
        return id;
    }

    /// How many answers of each status there were.
    Map<Integer, Integer> answers() {
        return new TreeMap<>(answers);
    }

    /// How many attempts had no answer, because nobody listened or the connection was closed.
    int broken() {
        return broken.get();
    }

    private boolean isAccepted(byte[] body) {
        int port = ports[attempts.getAndIncrement() % ports.length];
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/webhooks/whatsapp"))
                .header("X-Hub-Signature-256", TestWebhook.signature(body, LocalLull.APP_SECRET))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            answers.merge(status, 1, Integer::sum);
            return status == 200;
        } catch (IOException _) {
            broken.incrementAndGet();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
