package lull.lanes.journal;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import lull.contract.topic.Topic;
import lull.lanes.Incoming;

/// What became of a topic's records, so that nothing is done twice: remembered at once, written to a topic of
/// results in the record's own partition, and read back from there by whoever has the partition next.
public final class ResultLog<V> {

    private final Topic topic;
    private final PartitionTailReader<V> tail;
    private final AcknowledgedProducer journal;
    private final ConcurrentMap<String, List<V>> unwritten = new ConcurrentHashMap<>();

    /// A ledger in a topic whose partitions are those of the records.
    public ResultLog(Topic topic, PartitionTailReader<V> tail, AcknowledgedProducer journal) {
        this.topic = topic;
        this.tail = tail;
        this.journal = journal;
    }

    /// What became of a record by its id, oldest first. What could not be written before is written first.
    public List<V> of(Incoming<?> incoming, String id) {
        write(incoming, id);
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
        unwritten.computeIfAbsent(id, _ -> new CopyOnWriteArrayList<>()).add(value);
        write(incoming, id);
    }

    private void write(Incoming<?> incoming, String id) {
        // One lane at a time has the id, so nothing is added while this runs.
        for (V value : unwritten.getOrDefault(id, List.of())) {
            journal.append(topic, incoming.partition(), id, value);
            unwritten.getOrDefault(id, List.of()).remove(value);
        }
        unwritten.remove(id);
    }
}
