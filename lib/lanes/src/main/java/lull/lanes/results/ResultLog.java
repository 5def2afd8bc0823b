package lull.lanes.results;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import lull.contract.topic.Topic;
import lull.lanes.Incoming;

/// Log of the results of a topic's records, so that nothing is done twice: a result is remembered at
/// once, written to a topic of results in the record's own partition, and read from there by the
/// process that gets the partition next. Safe for several threads.
public final class ResultLog<V> {

    private final Topic topic;
    private final PartitionTailReader<V> tail;
    private final AcknowledgedProducer producer;
    private final ConcurrentMap<String, Unwritten> unwritten = new ConcurrentHashMap<>();

    /// A result log in a topic whose partitions are those of the records.
    public ResultLog(Topic topic, PartitionTailReader<V> tail, AcknowledgedProducer producer) {
        this.topic = topic;
        this.tail = tail;
        this.producer = producer;
    }

    /// What became of a record by its id, oldest first. What could not be written before is written first.
    public List<V> of(Incoming<?> incoming, String id) {
        write(id);
        return tail.of(incoming.partition(), incoming.assignment(), id);
    }

    /// Takes note of what others have written to the record's partition of results in the meantime.
    public void refresh(Incoming<?> incoming) {
        tail.refresh(incoming.partition(), incoming.assignment());
    }

    /// Adds what became of a record; returns once the broker has it. This process knows it even where the broker
    /// fails.
    public void add(Incoming<?> incoming, String id, V value) {
        tail.add(incoming.partition(), incoming.assignment(), id, value);
        while (!unwritten.computeIfAbsent(id, _ -> new Unwritten()).addAndWrite(incoming, id, value)) {
            // It was finished by another thread in between; the next one is another.
        }
    }

    private void write(String id) {
        Unwritten values = unwritten.get(id);
        if (values != null) {
            values.write(id);
        }
    }

    /// What became of the records of one id and is not written yet. Two lanes may have the same id
    /// at once: the monitor keeps their values in order, and has each written once.
    private final class Unwritten {

        private final Queue<Unacknowledged<V>> values = new ArrayDeque<>();
        private boolean isFinished;

        /// Adds a value and writes all; returns false if this is not in use anymore.
        synchronized boolean addAndWrite(Incoming<?> incoming, String id, V value) {
            if (isFinished) {
                return false;
            }
            values.add(new Unacknowledged<>(incoming.partition(), value));
            write(id);
            return true;
        }

        synchronized void write(String id) {
            // One that cannot be written stays, with those after it.
            for (Unacknowledged<V> first = values.peek(); first != null; first = values.peek()) {
                producer.append(topic, first.partition(), id, first.value());
                values.remove();
            }
            isFinished = true;
            unwritten.remove(id, this);
        }
    }

    private record Unacknowledged<V>(int partition, V value) {}
}
