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
        private boolean stuck;
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
    private final Load running = new Load();
    private final Load queued = new Load();
    private final Load stuck = new Load();

    /// How much is in memory.
    private static final class Load {
        private int records;
        private long bytes;

        void add(Queued record) {
            records++;
            bytes += record.bytes();
        }

        void remove(Queued record) {
            records--;
            bytes -= record.bytes();
        }
    }

    /// @param holdBackNanos how long a record waits for others that belong before it by their timestamps; 0 keeps
    ///     the order of offsets
    Lanes(int slots, long holdBackNanos) {
        this.slots = slots;
        this.holdBackNanos = holdBackNanos;
        this.order = holdBackNanos > 0 ? BY_TIMESTAMP : BY_OFFSET;
    }

    /// Queues a record that has just arrived.
    void add(Queued record) {
        Id id = id(record);
        Lane lane = lanes.computeIfAbsent(id, _ -> new Lane(id, ++lastNumber, order));
        boolean isFirst = lane.queue.isEmpty() && !lane.running;
        lane.queue.add(record);
        load(lane).add(record);
        if (isFirst) {
            await(lane, record.arrivedAt() + holdBackNanos);
        }
    }

    /// The next record to run, which then holds a slot until [#finished] or [#later]; empty where none is due or
    /// no slot is free.
    Optional<Queued> take(long now) {
        if (running.records >= slots || waiting.isEmpty() || waiting.first().dueAt > now) {
            return Optional.empty();
        }
        Lane lane = waiting.removeFirst();
        Queued next = lane.queue.remove();
        lane.running = true;
        load(lane).remove(next);
        running.add(next);
        return Optional.of(next);
    }

    /// A running record is finished: its slot is free, and its lane goes on.
    void finished(Queued record, long now) {
        running.remove(record);
        Lane lane = lanes.get(id(record));
        if (lane != null) {
            lane.running = false;
            setStuck(lane, false);
            goOn(lane, now);
        }
    }

    /// A running record goes back to its lane, which waits until `dueAt`; its slot is free.
    void later(Queued record, long dueAt) {
        running.remove(record);
        Lane lane = lanes.get(id(record));
        if (lane != null) {
            lane.running = false;
            setStuck(lane, true);
            lane.queue.add(record);
            stuck.add(record);
            await(lane, dueAt);
        }
    }

    /// A running record whose partition is lost: only its slot is given back.
    void abandoned(Queued record) {
        running.remove(record);
    }

    /// Takes out of the lanes of a partition everything that does not run. What runs is still to be given back.
    void clear(TopicPartition partition) {
        lanes.values().removeIf(lane -> {
            if (!lane.id.partition().equals(partition)) {
                return false;
            }
            waiting.remove(lane);
            lane.queue.forEach(load(lane)::remove);
            lane.queue.clear();
            return true;
        });
    }

    /// When the next lane is due; empty where none waits.
    OptionalLong nextDue() {
        return waiting.isEmpty() ? OptionalLong.empty() : OptionalLong.of(waiting.first().dueAt);
    }

    int running() {
        return running.records;
    }

    /// Lanes that wait for a slot or for their time.
    int waiting() {
        return waiting.size();
    }

    /// Records in memory that go on, running ones included.
    int records() {
        return running.records + queued.records;
    }

    /// Their size, in bytes.
    long bytes() {
        return running.bytes + queued.bytes;
    }

    /// Records in memory of lanes whose first one is to be tried again.
    int stuckRecords() {
        return stuck.records;
    }

    /// Their size, in bytes.
    long stuckBytes() {
        return stuck.bytes;
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

    private Load load(Lane lane) {
        return lane.stuck ? stuck : queued;
    }

    private void setStuck(Lane lane, boolean isStuck) {
        if (lane.stuck != isStuck) {
            lane.queue.forEach(load(lane)::remove);
            lane.stuck = isStuck;
            lane.queue.forEach(load(lane)::add);
        }
    }

    private static Id id(Queued queued) {
        return new Id(queued.assignment().partition(), queued.key());
    }
}
