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

    /// Creates a result log in a topic with the same partitions as the records' topic.
    public ResultLog(Topic topic, PartitionTailReader<V> tail, AcknowledgedProducer producer) {
        this.topic = topic;
        this.tail = tail;
        this.producer = producer;
    }

    /// Returns the results of a record by its id, oldest first. First writes results that could not be
    /// written before.
    public List<V> of(Incoming<?> incoming, String id) {
        write(id);
        return tail.of(incoming.partition(), incoming.assignment(), id);
    }

    /// Reads what others have meanwhile written to the record's partition of results.
    public void refresh(Incoming<?> incoming) {
        tail.refresh(incoming.partition(), incoming.assignment());
    }

    /// Adds a result of a record; returns after the broker has acknowledged it. This process remembers
    /// the result even if the broker fails.
    public void add(Incoming<?> incoming, String id, V value) {
        tail.add(incoming.partition(), incoming.assignment(), id, value);
        while (!unwritten.computeIfAbsent(id, _ -> new Unwritten()).addAndWrite(incoming, id, value)) {
            // Another thread has finished it in between; the next one is a new object.
        }
    }

    private void write(String id) {
        Unwritten values = unwritten.get(id);
        if (values != null) {
            values.write(id);
        }
    }

    /// Results of one id that are not written yet. Two lanes may have the same id at once: the monitor
    /// keeps their values in order, and has each written once.
    private final class Unwritten {

        private final Queue<Unacknowledged<V>> values = new ArrayDeque<>();
        private boolean isFinished;

        /// Adds a value and writes all; returns false if this object is no longer in use.
        synchronized boolean addAndWrite(Incoming<?> incoming, String id, V value) {
            if (isFinished) {
                return false;
            }
            values.add(new Unacknowledged<>(incoming.partition(), value));
            write(id);
            return true;
        }

        synchronized void write(String id) {
            // A value that cannot be written stays, with those after it.
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
