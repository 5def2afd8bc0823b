package lull.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.turn.Turn;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/// A consumer that notes when each turn came. It sees committed records only, and reads them later.
final class TurnsReceived implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(100);

    private final Thread thread;

    private List<Received> received = new ArrayList<>();
    private volatile boolean open = true;

    /// A turn that came.
    ///
    /// @param atMillis by the wall clock
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Received(long atMillis, byte[] value) {

        Turn turn() {
            try {
                return Json.read(value, Turn.class);
            } catch (UnreadableJson e) {
                throw new IllegalStateException("A turn that nobody can read", e);
            }
        }

        List<String> messageIds() {
            return turn().messageIds();
        }
    }

    TurnsReceived(String bootstrapServers, String output) {
        thread = Thread.ofPlatform().name("turns received").daemon().start(() -> receive(bootstrapServers, output));
    }

    /// Forgets what came so far.
    synchronized void forget() {
        received = new ArrayList<>();
    }

    /// Waits for so many turns, or until no more come for some time; returns those that came.
    synchronized List<Received> await(long turns, Duration patience) throws InterruptedException {
        int before = -1;
        while (received.size() < turns && received.size() > before) {
            before = received.size();
            long until = System.nanoTime() + patience.toNanos();
            while (received.size() == before && System.nanoTime() < until) {
                wait(LOOK.toMillis());
            }
        }
        return List.copyOf(received);
    }

    /// When the turn with a message came, if it has come.
    synchronized OptionalLong atMillis(String messageId) {
        return received.stream()
                .filter(turn -> turn.messageIds().contains(messageId))
                .mapToLong(Received::atMillis)
                .findFirst();
    }

    /// When the first turn after a time came, or that time if none has.
    synchronized long firstAfter(long millis) {
        return received.stream()
                .mapToLong(Received::atMillis)
                .filter(at -> at > millis)
                .findFirst()
                .orElse(millis);
    }

    /// The ids of the messages of each turn that has come, but of those of nobody who counts.
    synchronized List<List<String>> messageIds() {
        return received.stream()
                .map(Received::turn)
                .filter(turn -> !InputLog.isCloser(turn.conversation().toString()))
                .map(Turn::messageIds)
                .toList();
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive(String bootstrapServers, String output) {
        try (KafkaConsumer<byte[], byte[]> consumer = TurnsRead.consumer(bootstrapServers, output)) {
            while (open) {
                Iterable<ConsumerRecord<byte[], byte[]>> records = consumer.poll(LOOK);
                note(System.currentTimeMillis(), records);
            }
        }
    }

    private synchronized void note(long atMillis, Iterable<ConsumerRecord<byte[], byte[]>> records) {
        records.forEach(record -> received.add(new Received(atMillis, record.value())));
        notifyAll();
    }
}
