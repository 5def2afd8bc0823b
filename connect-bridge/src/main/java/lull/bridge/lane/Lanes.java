package lull.bridge.lane;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/// The queues of records by key: at most one record of a lane runs at a time, and at most so many of all lanes.
/// Times are nanoseconds of one monotonic clock. Not safe for several threads.
final class Lanes {

    private record Id(TopicPartition partition, String key) {}

    private static final class Lane {
        private final Id id;
        private final long number;
        private final PriorityQueue<Queued> queue;
        private boolean running;
        private long dueAt;

        Lane(Id id, long number, Comparator<Queued> order) {
            this.id = id;
            this.number = number;
            this.queue = new PriorityQueue<>(order);
        }
    }

    private static final Comparator<Queued> BY_OFFSET =
            Comparator.comparingLong(queued -> queued.record().offset());
    private static final Comparator<Queued> BY_TIMESTAMP = Comparator.<Queued>comparingLong(
                    queued -> queued.record().timestamp())
            .thenComparing(BY_OFFSET);

    private final int slots;
    private final long holdBackNanos;
    private final Comparator<Queued> order;
    private final Map<Id, Lane> lanes = new HashMap<>();

    /// Lanes that have something to run and do not run, the one that is due first in front.
    private final TreeSet<Lane> waiting =
            new TreeSet<>(Comparator.<Lane>comparingLong(lane -> lane.dueAt).thenComparingLong(lane -> lane.number));

    private long lastNumber;
    private int running;
    private int records;
    private long bytes;

    /// @param holdBackNanos how long a record waits for others that belong before it by their timestamps; 0 keeps
    ///     the order of offsets
    Lanes(int slots, long holdBackNanos) {
        this.slots = slots;
        this.holdBackNanos = holdBackNanos;
        this.order = holdBackNanos > 0 ? BY_TIMESTAMP : BY_OFFSET;
    }

    /// Queues a record that has just arrived.
    void add(Queued queued) {
        Id id = id(queued);
        Lane lane = lanes.computeIfAbsent(id, _ -> new Lane(id, ++lastNumber, order));
        boolean isFirst = lane.queue.isEmpty() && !lane.running;
        lane.queue.add(queued);
        records++;
        bytes += queued.bytes();
        if (isFirst) {
            await(lane, queued.arrivedAt() + holdBackNanos);
        }
    }

    /// The next record to run, which then holds a slot until [#finished] or [#later]; empty where none is due or
    /// no slot is free.
    Optional<Queued> take(long now) {
        if (running >= slots || waiting.isEmpty() || waiting.first().dueAt > now) {
            return Optional.empty();
        }
        Lane lane = waiting.removeFirst();
        lane.running = true;
        running++;
        return Optional.of(lane.queue.remove());
    }

    /// A running record is finished: its slot is free, and its lane goes on.
    void finished(Queued queued, long now) {
        running--;
        forget(queued);
        Lane lane = lanes.get(id(queued));
        if (lane != null) {
            lane.running = false;
            goOn(lane, now);
        }
    }

    /// A running record goes back to its lane, which waits until `dueAt`; its slot is free.
    void later(Queued queued, long dueAt) {
        running--;
        Lane lane = lanes.get(id(queued));
        if (lane != null) {
            lane.running = false;
            lane.queue.add(queued);
            await(lane, dueAt);
        } else {
            forget(queued);
        }
    }

    /// A running record whose partition is lost: only its slot is given back.
    void abandoned(Queued queued) {
        running--;
        forget(queued);
    }

    /// Takes out of the lanes of a partition everything that does not run. What runs is still to be given back.
    void clear(TopicPartition partition) {
        lanes.values().removeIf(lane -> {
            if (!lane.id.partition().equals(partition)) {
                return false;
            }
            waiting.remove(lane);
            lane.queue.forEach(this::forget);
            lane.queue.clear();
            return true;
        });
    }

    /// When the next lane is due; empty where none waits.
    OptionalLong nextDue() {
        return waiting.isEmpty() ? OptionalLong.empty() : OptionalLong.of(waiting.first().dueAt);
    }

    int running() {
        return running;
    }

    /// Lanes that wait for a slot or for their time.
    int waiting() {
        return waiting.size();
    }

    /// Records in memory, running ones included.
    int records() {
        return records;
    }

    /// Size of the records in memory, in bytes.
    long bytes() {
        return bytes;
    }

    private void goOn(Lane lane, long now) {
        Queued next = lane.queue.peek();
        if (next == null) {
            lanes.remove(lane.id);
        } else if (holdBackNanos == 0) {
            await(lane, now);
        } else {
            long firstArrival =
                    lane.queue.stream().mapToLong(Queued::arrivedAt).min().orElse(now);
            await(lane, Math.max(now, firstArrival + holdBackNanos));
        }
    }

    private void await(Lane lane, long dueAt) {
        lane.dueAt = dueAt;
        waiting.add(lane);
    }

    private void forget(Queued queued) {
        records--;
        bytes -= queued.bytes();
    }

    private static Id id(Queued queued) {
        return new Id(queued.assignment().partition(), queued.key());
    }
}
