package lull.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    record Received(long atMillis, byte[] value) {}

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
