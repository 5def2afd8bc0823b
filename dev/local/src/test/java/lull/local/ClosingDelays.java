package lull.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/// How late turns are closed, in phases that the test names: from the end of the gap after the last
/// message was received until a reader of committed records has the turn. Reads in a thread of its
/// own.
final class ClosingDelays implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(20);

    private final Duration gap;
    private final Map<String, List<Long>> millis = new LinkedHashMap<>();
    private final Thread thread;

    private String phase = "start";
    private volatile boolean isOpen = true;

    ClosingDelays(World world, Duration gap) {
        this.gap = gap;
        KafkaConsumer<String, byte[]> turns = world.tail(Topics.TURN_CLOSED.name());
        thread = Thread.ofPlatform().name("closing delays").daemon().start(() -> read(turns));
    }

    /// What comes from now on belongs to another phase.
    synchronized void phase(String name) {
        phase = name;
    }

    /// A line for each phase.
    synchronized List<String> report() {
        List<String> lines = new ArrayList<>();
        millis.forEach((name, delays) -> {
            List<Long> sorted = delays.stream().sorted().toList();
            lines.add("closing delay, %s: %d turns, p50 %d ms, p99 %d ms, longest %d ms"
                    .formatted(name, sorted.size(), quantile(sorted, 0.5), quantile(sorted, 0.99), sorted.getLast()));
        });
        return lines;
    }

    private static long quantile(List<Long> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
    }

    private void read(KafkaConsumer<String, byte[]> turns) {
        try (turns) {
            while (isOpen) {
                for (ConsumerRecord<String, byte[]> record : turns.poll(LOOK)) {
                    note(System.currentTimeMillis(), turn(record));
                }
            }
        }
    }

    private synchronized void note(long now, Turn turn) {
        long delay = now - turn.lastReceivedAt().plus(gap).toEpochMilli();
        millis.computeIfAbsent(phase, _ -> new ArrayList<>()).add(Math.max(0, delay));
    }

    private static Turn turn(ConsumerRecord<String, byte[]> record) {
        try {
            return Json.read(record.value(), Turn.class);
        } catch (UnreadableJson e) {
            throw new AssertionError("A turn that nobody can read", e);
        }
    }

    @Override
    public void close() {
        isOpen = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
