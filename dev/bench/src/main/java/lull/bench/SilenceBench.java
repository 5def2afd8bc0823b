package lull.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import lull.bench.peer.Work;
import lull.contract.topic.Topic;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Measurement of how late the turn of a burst on one partition comes, while others write to all
/// partitions, to one other partition, or to none. Time that passes in records only does not pass in
/// silence.
final class SilenceBench {

    private static final Duration GAP = Duration.ofSeconds(2);
    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final int BURST = 4;
    private static final int LONE_PARTITION = 0;
    private static final int OTHER_PARTITION = 1;
    private static final int FIRST_LONE = 1_000;

    private final TurnsPlan plan;
    private final TurnProcesses processes;
    private final Consumer<String> progress;

    SilenceBench(TurnsPlan plan, TurnProcesses processes, Consumer<String> progress) {
        this.plan = plan;
        this.processes = processes;
        this.progress = progress;
    }

    /// Where others write meanwhile.
    enum Others {
        ALL_PARTITIONS,
        ONE_PARTITION,
        NONE;

        boolean write(int partition) {
            return switch (this) {
                case ALL_PARTITIONS -> true;
                case ONE_PARTITION -> partition == OTHER_PARTITION;
                case NONE -> false;
            };
        }
    }

    /// How late the turn was.
    ///
    /// @param millis after the last message's append and the gap, for each of [Others] in order; absent
    ///     if it did not come in twelve seconds
    record Silence(TurnMaker maker, List<OptionalLong> millis) {}

    List<Silence> run() throws Exception {
        List<Silence> silences = new ArrayList<>();
        for (TurnMaker maker : plan.tried()) {
            Silence silence = new Silence(maker, measure(maker));
            silences.add(silence);
            progress.accept(TurnsReport.line(silence));
        }
        return silences;
    }

    private List<OptionalLong> measure(TurnMaker maker) throws Exception {
        String input = processes.nextRound() + "-silence";
        String output = "turns-of-" + input;
        processes.log().create(input, Topic.Stamped.BY_BROKER);
        processes.log().createOutput(output);
        List<OptionalLong> millis = new ArrayList<>();
        try (Child application = processes.start(maker, "silence-" + maker.word());
                TurnsReceived received = new TurnsReceived(processes.bootstrapServers(), output)) {
            application.run(new Work(input, input, output, GAP, 0, 0, false));
            writeFor(WARM_UP, input, Others.ALL_PARTITIONS);
            for (Others others : Others.values()) {
                millis.add(burst(input, others, FIRST_LONE + millis.size(), received));
            }
            application.stop();
        }
        return millis;
    }

    private OptionalLong burst(String input, Others others, int customer, TurnsReceived received)
            throws InterruptedException {
        // What was said before is over, on partitions that are silent from now on too.
        writeFor(GAP.multipliedBy(2), input, others);
        ConcurrentMap<String, Long> appended = new ConcurrentHashMap<>();
        String last = "";
        for (int number = 0; number < BURST; number++) {
            last = say(input, LONE_PARTITION, customer, appended);
            writeFor(BETWEEN, input, others);
        }
        for (long until = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < until; ) {
            writeFor(BETWEEN, input, others);
            OptionalLong at = received.atMillis(last);
            if (at.isPresent()) {
                return OptionalLong.of(at.getAsLong() - appended.getOrDefault(last, 0L) - GAP.toMillis());
            }
        }
        return OptionalLong.empty();
    }

    /// Each customer of the others goes on speaking, so that these have turns that do not end.
    private void writeFor(Duration time, String input, Others others) {
        for (long until = System.nanoTime() + time.toNanos(); System.nanoTime() < until; ) {
            for (int partition = 0; partition < TurnsPlan.PARTITIONS; partition++) {
                if (others.write(partition)) {
                    say(input, partition, partition, new ConcurrentHashMap<>());
                }
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    /// Returns the id of the message.
    private String say(String input, int partition, int customer, ConcurrentMap<String, Long> appended) {
        ProducerRecord<byte[], byte[]> message = processes.log().say(input, customer);
        String id = processes.log().lastId();
        processes
                .log()
                .send(new ProducerRecord<>(input, partition, message.key(), message.value()), (metadata, failure) -> {
                    if (failure == null) {
                        appended.put(id, metadata.timestamp());
                    }
                });
        return id;
    }
}
