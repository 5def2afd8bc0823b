package lull.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// Customers and agents who write to each other while an installation is attacked. What customers write comes as signed
/// webhooks that are due at a constant rate; one that is refused is sent again, as WhatsApp does.
final class SignedTraffic implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final Duration ANSWER_EVERY = Duration.ofSeconds(3);
    private static final long LONGEST_MICROS = Duration.ofHours(1).toNanos() / 1_000;

    private final AttackPlan plan;
    private final People people;
    private final List<Integer> ports;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService voices = Executors.newVirtualThreadPerTaskExecutor();
    private final Recorder micros = new Recorder(LONGEST_MICROS, 3);
    private final AtomicLong refused = new AtomicLong();
    private final List<Talk> talks = new ArrayList<>();

    /// When the next webhook of each customer is due, or the one that is being sent was.
    private final Map<String, Long> dues = new ConcurrentHashMap<>();

    private volatile boolean isOver;

    /// How webhooks were answered in a time.
    ///
    /// @param sent that were accepted
    /// @param refused answers other than 200, and none at all
    /// @param p50Millis from when a webhook was due until it was accepted
    record Figures(long sent, long refused, double p50Millis, double p99Millis, double maxMillis) {}

    /// What was said in a conversation.
    private record Talk(String customer, Future<List<String>> written, Future<List<String>> answered) {}

    /// What was said in a conversation, both ways.
    record Said(String customer, List<String> written, List<String> answered) {}

    /// @param ports of ingresses, among which the customers are divided
    SignedTraffic(AttackPlan plan, People people, List<Integer> ports) {
        this.plan = plan;
        this.people = people;
        this.ports = List.copyOf(ports);
    }

    /// Has everybody write from now on. Each customer has an open chat, in which [#first] was said.
    void start() {
        List<String> phones = plan.phones();
        for (int at = 0; at < phones.size(); at++) {
            String customer = phones.get(at);
            int port = ports.get(at % ports.size());
            Duration offset = plan.between().multipliedBy(at).dividedBy(phones.size());
            talks.add(new Talk(
                    customer,
                    voices.submit(() -> write(customer, port, offset)),
                    voices.submit(() -> answer(customer, offset))));
        }
    }

    /// What each customer has said before.
    static String first() {
        return "c0";
    }

    /// Waits until what is due has been accepted, so that an attack is not blamed for what an earlier one held up.
    void awaitCaughtUp() throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (isBehind() && System.nanoTime() < until) {
            Thread.sleep(AGAIN);
        }
    }

    private boolean isBehind() {
        long now = System.nanoTime();
        return dues.values().stream().anyMatch(due -> due - now < 0);
    }

    /// The figures since the last call.
    Figures cut() {
        Histogram histogram = micros.getIntervalHistogram();
        return new Figures(
                histogram.getTotalCount(),
                refused.getAndSet(0),
                histogram.getValueAtPercentile(50) / 1e3,
                histogram.getValueAtPercentile(99) / 1e3,
                histogram.getMaxValue() / 1e3);
    }

    /// Has everybody stop; returns what was said and accepted.
    List<Said> stop() throws InterruptedException, ExecutionException {
        isOver = true;
        List<Said> said = new ArrayList<>();
        for (Talk talk : talks) {
            said.add(new Said(
                    talk.customer(), talk.written().get(), talk.answered().get()));
        }
        return said;
    }

    @Override
    public void close() {
        isOver = true;
        voices.shutdownNow();
        http.shutdownNow();
    }

    private List<String> write(String customer, int port, Duration offset) throws InterruptedException {
        List<String> said = new ArrayList<>(List.of(first()));
        long due = System.nanoTime() + offset.toNanos();
        while (!isOver) {
            dues.put(customer, due);
            LockSupport.parkNanos(due - System.nanoTime());
            String text = "c" + said.size();
            insist(People.webhook(port, People.text(customer, text)), due);
            said.add(text);
            due += plan.between().toNanos();
        }
        dues.remove(customer);
        return said;
    }

    private List<String> answer(String customer, Duration offset) throws InterruptedException {
        List<String> said = new ArrayList<>();
        Thread.sleep(offset);
        while (!isOver) {
            String text = "a" + said.size();
            if (!people.answer(customer, text, PATIENCE)) {
                throw new IllegalStateException("An agent could not write for " + PATIENCE.toSeconds() + " s");
            }
            said.add(text);
            Thread.sleep(ANSWER_EVERY);
        }
        return said;
    }

    private void insist(HttpRequest request, long due) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!isAccepted(request)) {
            refused.incrementAndGet();
            if (System.nanoTime() > until) {
                throw new IllegalStateException("A signed webhook was refused for " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(AGAIN);
        }
        micros.recordValue(Math.clamp((System.nanoTime() - due) / 1_000, 0, LONGEST_MICROS));
    }

    private boolean isAccepted(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
