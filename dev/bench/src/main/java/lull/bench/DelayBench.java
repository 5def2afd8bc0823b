package lull.bench;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import lull.bench.peer.Work;
import lull.contract.topic.Topic;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Measurement of how late turns come: from the append of the last message, as the broker stamps it,
/// and the gap behind it, until a consumer that sees committed records only has the turn. Messages come
/// at a constant rate, as they are due.
final class DelayBench {

    private static final Duration GAP = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LONE = Duration.ofMillis(2_500);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int PER_TURN = 4;
    private static final int WARM_RATE = 2_000;
    private static final long LONGEST_MILLIS = Duration.ofHours(1).toMillis();

    private final TurnsPlan plan;
    private final TurnProcesses processes;
    private final Consumer<String> progress;
    private final Map<String, Long> appended = new ConcurrentHashMap<>();

    DelayBench(TurnsPlan plan, TurnProcesses processes, Consumer<String> progress) {
        this.plan = plan;
        this.processes = processes;
        this.progress = progress;
    }

    /// The delays at a rate.
    ///
    /// @param perSecond messages a second; 0 for lone messages on partitions that are quiet but for
    ///     them
    /// @param missing turns that did not come
    /// @param aggregator CPU of the process while messages came, as are `broker` and `load`
    record Delays(
            int perSecond, Histogram millis, long missing, Usage aggregator, Usage broker, Usage load, long nanos) {

        /// How many processors were busy with this use.
        double busy(Usage use) {
            return (double) use.cpuNanos() / nanos;
        }
    }

    List<Delays> run() throws Exception {
        String input = processes.nextRound() + "-delay";
        processes.log().create(input, Topic.Stamped.BY_BROKER);
        processes.log().createOutput("turns-of-" + input);
        Child application = processes.start(TurnForm.LULL, "delay");
        application.run(new Work(input, input, "turns-of-" + input, GAP, 0, 0, false));
        List<Delays> delays = new ArrayList<>();
        try (TurnsReceived received = new TurnsReceived(processes.bootstrapServers(), "turns-of-" + input)) {
            Bursts lone = new Bursts(
                    1, Math.max(TurnsPlan.PARTITIONS, (int) (plan.seconds() * lonePerSecond())), lonePerSecond());
            measure(WARM_RATE, bursts(WARM_RATE), input, application, received);
            delays.add(measure(0, lone, input, application, received));
            for (int rate : plan.rates()) {
                delays.add(measure(rate, bursts(rate), input, application, received));
            }
        }
        application.close();
        return delays;
    }

    private static double lonePerSecond() {
        return TurnsPlan.PARTITIONS * 1e3 / BETWEEN_LONE.toMillis();
    }

    private Bursts bursts(int perSecond) {
        return new Bursts(PER_TURN, Math.ceilDiv(perSecond * plan.seconds(), PER_TURN), perSecond);
    }

    private Delays measure(int perSecond, Bursts bursts, String input, Child application, TurnsReceived received)
            throws InterruptedException {
        appended.clear();
        received.forget();
        Usage applicationBefore = application.usage();
        Usage brokerBefore = processes.broker().usage();
        Usage loadBefore = Usage.now();
        long began = System.nanoTime();
        bursts.forEach(true, due -> {
            LockSupport.parkNanos(Math.max(0, began + due.atNanos() - System.nanoTime()));
            send(perSecond, input, due.turn());
        });
        long nanos = System.nanoTime() - began;
        Usage load = Usage.now().since(loadBefore);
        Usage broker = processes.broker().usage().since(brokerBefore);
        Usage aggregator = application.usage().since(applicationBefore);
        List<TurnsReceived.Received> turns = received.await(bursts.turns(), PATIENCE);
        Histogram millis = new Histogram(LONGEST_MILLIS, 3);
        turns.forEach(turn -> millis.recordValue(delay(turn)));
        Delays delays = new Delays(perSecond, millis, bursts.turns() - turns.size(), aggregator, broker, load, nanos);
        progress.accept(TurnsReport.line(delays));
        return delays;
    }

    private void send(int perSecond, String input, int turn) {
        ProducerRecord<byte[], byte[]> message = processes.log().say(input, turn);
        ProducerRecord<byte[], byte[]> record = perSecond > 0
                ? message
                : new ProducerRecord<>(
                        input, turn % TurnsPlan.PARTITIONS, message.timestamp(), message.key(), message.value());
        String id = processes.log().lastId();
        processes.log().send(record, (metadata, failure) -> {
            if (failure == null) {
                appended.put(id, metadata.timestamp());
            }
        });
    }

    private long delay(TurnsReceived.Received received) {
        long last = received.messageIds().stream()
                .mapToLong(id -> requireNonNull(appended.get(id), "A message that was not acknowledged"))
                .max()
                .orElseThrow();
        return Math.clamp(received.atMillis() - last - GAP.toMillis(), 0, LONGEST_MILLIS);
    }
}
