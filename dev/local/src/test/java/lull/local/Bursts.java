package lull.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lull.ingress.http.TestWebhook;

/// Customers who write in bursts until they are stopped. As with WhatsApp, each message is a signed webhook
/// of its own that waits for no other, and one that is not answered 200 is sent again.
final class Bursts implements AutoCloseable {

    private static final Duration LAST_ANSWER = Duration.ofSeconds(60);
    private static final Duration SEND_AGAIN = Duration.ofMillis(500);
    private static final String NUMBER = "100000000000001";

    /// What a customer wrote before a pause that is longer than the gap. Its messages are written much less
    /// than the gap apart; when they are received is up to the machine.
    ///
    /// @param ids of the messages, in the order in which they were written
    record Burst(String customer, List<String> ids) {}

    private final URI door;
    private final String number;
    private final String secret;
    private final Duration gap;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> customers = new ArrayList<>();
    private final Queue<Future<?>> answers = new ConcurrentLinkedQueue<>();
    private final Queue<Burst> bursts = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sentAgain = new AtomicInteger();

    private volatile boolean stopped;

    /// Starts them.
    ///
    /// @param door where webhooks are posted to
    Bursts(URI door, String secret, Duration gap, int customers, SplittableRandom random) {
        this(door, secret, gap, customers, random, NUMBER);
    }

    /// @param number the business number to which they write
    Bursts(URI door, String secret, Duration gap, int customers, SplittableRandom random, String number) {
        this.door = door;
        this.number = number;
        this.secret = secret;
        this.gap = gap;
        for (int i = 0; i < customers; i++) {
            String customer = "1555060%04d".formatted(i);
            SplittableRandom own = random.split();
            this.customers.add(threads.submit(() -> write(customer, own)));
        }
    }

    /// Lets every customer finish and waits until all that they wrote has been accepted.
    List<Burst> stop() throws Exception {
        stopped = true;
        for (Future<?> customer : customers) {
            customer.get(LAST_ANSWER.toSeconds(), TimeUnit.SECONDS);
        }
        for (Future<?> answer : answers) {
            answer.get(LAST_ANSWER.toSeconds(), TimeUnit.SECONDS);
        }
        return List.copyOf(bursts);
    }

    /// How many times a webhook was sent again.
    int sentAgain() {
        return sentAgain.get();
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
        client.shutdownNow();
    }

    private void write(String customer, SplittableRandom random) {
        // Also told apart from what another run wrote on the same brokers.
        String run = Integer.toHexString(random.nextInt());
        pause(random.nextLong(gap.toMillis()));
        for (int burst = 0; !stopped; burst++) {
            List<String> ids = new ArrayList<>();
            int messages = 3 + random.nextInt(8);
            for (int i = 0; i < messages; i++) {
                String id = "wamid." + customer + "." + run + "." + burst + "." + i;
                ids.add(id);
                byte[] body = new TestWebhook(number, customer, "Customer").text(id, "line " + i, Instant.now());
                answers.add(threads.submit(() -> insist(body)));
                pause(50 + random.nextLong(gap.toMillis() / 4));
            }
            bursts.add(new Burst(customer, List.copyOf(ids)));
            pause(gap.toMillis() + 500 + random.nextLong(gap.toMillis()));
        }
    }

    private Void insist(byte[] body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(door)
                .header("X-Hub-Signature-256", TestWebhook.signature(body, secret))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        while (!isAccepted(request)) {
            sentAgain.incrementAndGet();
            pause(SEND_AGAIN.toMillis());
        }
        return null;
    }

    private boolean isAccepted(HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private static void pause(long millis) {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, millis, TimeUnit.MILLISECONDS)
                .join();
    }
}
