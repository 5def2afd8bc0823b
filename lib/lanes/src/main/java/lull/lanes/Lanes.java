package lull.lanes;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Queues of records by key: at most one record of a lane runs at a time, and at most a fixed number
/// over all lanes. Times are nanoseconds of one monotonic clock. Not thread-safe.
final class Lanes {

    private record Id(TopicPartition partition, String key) {}

    private static final class Lane {
        private final Id id;
        private final long number;
        private final PriorityQueue<QueuedRecord> queue;
        private boolean running;
        private boolean stuck;

        /// The first record when it was put back last; it may run again just now.
        private @Nullable QueuedRecord putBack;

        private String reason = "";
        private @Nullable PauseScope parkedIn;
        private long dueAt;

        /// Whether the next record ends the wait of the first.
        private boolean awaitsNext;

        /// Whether the first record was put back to wait for the next, so that nothing is wrong with
        /// it.
        private boolean isGathering;

        /// The number of further records that the first knew when it ran last.
        private int seen;

        Lane(Id id, long number, Comparator<QueuedRecord> order) {
            this.id = id;
            this.number = number;
            this.queue = new PriorityQueue<>(order);
        }
    }

    private static final Comparator<QueuedRecord> BY_OFFSET =
            Comparator.comparingLong(queued -> queued.record().offset());
    private static final Comparator<QueuedRecord> BY_TIMESTAMP = Comparator.<QueuedRecord>comparingLong(
                    queued -> queued.record().timestamp())
            .thenComparing(BY_OFFSET);

    private final int slots;
    private final long holdBackNanos;
    private final int maxParkedRecords;
    private final long maxParkedBytes;
    private final Comparator<QueuedRecord> order;
    private final Map<Id, Lane> lanes = new HashMap<>();

    /// Lanes that have a record to run and do not run; the one that is due first is first.
    private final TreeSet<Lane> waiting =
            new TreeSet<>(Comparator.<Lane>comparingLong(lane -> lane.dueAt).thenComparingLong(lane -> lane.number));

    /// Lanes that a pause holds back, by one of the scopes that do so, in the order of their arrival.
    private final Map<PauseScope, LinkedHashSet<Lane>> parked = new HashMap<>();

    /// Keys with records not kept in memory. Later records of these keys are not kept either, or they
    /// would overtake them.
    private final Set<Id> shed = new HashSet<>();

    private long lastNumber;
    private final Load running = new Load();
    private final Load queued = new Load();
    private final Load stuck = new Load();

    /// How much is in memory.
    private static final class Load {
        private int records;
        private long bytes;

        void add(QueuedRecord record) {
            records++;
            bytes += record.bytes();
        }

        void remove(QueuedRecord record) {
            records--;
            bytes -= record.bytes();
        }
    }

    /// @param holdBackNanos how long a record waits for others that belong before it by their
    ///     timestamps; 0 keeps the order of offsets
    /// @param maxParkedRecords number of waiting records above which those of paused scopes are not
    ///     kept in memory
    /// @param maxParkedBytes size of waiting records above which the same happens
    Lanes(int slots, long holdBackNanos, int maxParkedRecords, long maxParkedBytes) {
        this.slots = slots;
        this.maxParkedRecords = maxParkedRecords;
        this.maxParkedBytes = maxParkedBytes;
        this.holdBackNanos = holdBackNanos;
        this.order = holdBackNanos > 0 ? BY_TIMESTAMP : BY_OFFSET;
    }

    /// Queues a record that has just arrived.
    ///
    /// @param holding the scope whose pause holds back its key, if any does
    void add(QueuedRecord record, Optional<PauseScope> holding) {
        Id id = id(record);
        if (shed.contains(id)) {
            record.shed();
            return;
        }
        Lane lane = lanes.computeIfAbsent(id, _ -> new Lane(id, ++lastNumber, order));
        if (lane.parkedIn != null && isParkingFull()) {
            shed(lane, record);
            return;
        }
        boolean isFirst = lane.queue.isEmpty() && !lane.running;
        lane.queue.add(record);
        load(lane).add(record);
        if (lane.awaitsNext && waiting.remove(lane)) {
            lane.awaitsNext = false;
            await(lane, Math.min(lane.dueAt, record.arrivedAt() + holdBackNanos));
        }
        if (isFirst) {
            holding.ifPresentOrElse(scope -> park(lane, scope), () -> await(lane, record.arrivedAt() + holdBackNanos));
        }
    }

    /// Returns the next record to run, which then holds a slot until [#finished] or [#later]; empty if
    /// none is due or no slot is free. Lanes that a pause holds back are parked instead.
    ///
    /// @param holding the scope that holds back a key, if any does
    Optional<QueuedRecord> take(long now, Function<String, Optional<PauseScope>> holding) {
        while (!waiting.isEmpty() && waiting.first().dueAt <= now) {
            Lane lane = waiting.first();
            Optional<PauseScope> scope = holding.apply(lane.id.key());
            if (scope.isPresent()) {
                waiting.remove(lane);
                park(lane, scope.get());
            } else if (running.records >= slots) {
                return Optional.empty();
            } else {
                waiting.remove(lane);
                return Optional.of(start(lane));
            }
        }
        return Optional.empty();
    }

    /// Returns the first record parked in a scope, to try whether the scope is still paused; empty if
    /// none may run or no slot is free.
    ///
    /// @param forbidding another scope that forbids to try a key, if any does; the key is then parked
    ///     there
    Optional<QueuedRecord> takeParked(PauseScope scope, Function<String, Optional<PauseScope>> forbidding) {
        LinkedHashSet<Lane> lanesOfScope = parked.get(scope);
        while (lanesOfScope != null && !lanesOfScope.isEmpty() && running.records < slots) {
            Lane lane = lanesOfScope.getFirst();
            unpark(lane);
            Optional<PauseScope> other = forbidding.apply(lane.id.key());
            if (other.isEmpty()) {
                return Optional.of(start(lane));
            }
            park(lane, other.get());
        }
        return Optional.empty();
    }

    /// Ends the pause of a scope: its lanes continue.
    void release(PauseScope scope, long now) {
        for (Lane lane : List.copyOf(parked.getOrDefault(scope, new LinkedHashSet<>()))) {
            unpark(lane);
            setStuck(lane, false);
            await(lane, now);
        }
    }

    /// Whether any lane is parked in a scope.
    boolean isParked(PauseScope scope) {
        return parked.containsKey(scope);
    }

    /// Finishes a running record: its slot is free, and its lane continues.
    void finished(QueuedRecord record, long now) {
        running.remove(record);
        Lane lane = lanes.get(id(record));
        if (lane != null) {
            lane.running = false;
            lane.putBack = null;
            setStuck(lane, false);
            goOn(lane, now);
        }
    }

    /// Whether another record waits in the lane of a running one.
    boolean isFollowed(QueuedRecord record) {
        Lane lane = lanes.get(id(record));
        return lane != null && !lane.queue.isEmpty();
    }

    /// Puts a running record back into its lane, which waits until `dueAt`; its slot is free.
    ///
    /// @param reason why it waits, in words
    void later(QueuedRecord record, long dueAt, String reason) {
        running.remove(record);
        Lane lane = lanes.get(id(record));
        if (lane != null) {
            lane.running = false;
            lane.isGathering = false;
            lane.putBack = record;
            lane.reason = reason;
            setStuck(lane, true);
            lane.queue.add(record);
            stuck.add(record);
            await(lane, dueAt);
        }
    }

    /// Returns the records that wait in the lane of a running one, in their order.
    ///
    /// @param most how many are returned
    List<QueuedRecord> following(QueuedRecord record, int most) {
        Lane lane = lanes.get(id(record));
        if (lane == null) {
            return List.of();
        }
        lane.seen = lane.queue.size();
        return lane.queue.stream().sorted(order).limit(most).toList();
    }

    /// Puts a running record back into its lane, which waits until the next record arrives, at the
    /// latest until `dueAt`; its slot is free. If one has arrived since [#following], the lane does not
    /// wait.
    ///
    /// @param reason why it waits, in words
    void awaitNext(QueuedRecord record, long dueAt, long now, String reason) {
        Lane lane = lanes.get(id(record));
        boolean isNew = lane != null && lane.queue.size() > lane.seen;
        later(record, isNew ? Math.min(dueAt, now + holdBackNanos) : dueAt, reason);
        if (lane != null) {
            lane.awaitsNext = !isNew;
            lane.isGathering = true;
        }
    }

    /// Puts a running record back into its lane, which is parked in a scope; its slot is free.
    void park(QueuedRecord record, PauseScope scope) {
        running.remove(record);
        Lane lane = lanes.get(id(record));
        if (lane != null) {
            lane.running = false;
            lane.putBack = record;
            setStuck(lane, true);
            lane.queue.add(record);
            stuck.add(record);
            park(lane, scope);
        }
    }

    /// Forgets which keys of a partition are not kept in memory, except those that are still held back.
    /// Returns whether there were any: their records must then be read again from the first one.
    boolean takeBack(TopicPartition partition, Predicate<String> held) {
        return shed.removeIf(id -> id.partition().equals(partition) && !held.test(id.key()));
    }

    /// Frees the slot of a running record whose partition is lost, and nothing else.
    void abandoned(QueuedRecord record) {
        running.remove(record);
    }

    /// Removes all records that do not run from the lanes of a partition. Running ones must still be
    /// returned.
    void clear(TopicPartition partition) {
        lanes.values().removeIf(lane -> {
            if (!lane.id.partition().equals(partition)) {
                return false;
            }
            waiting.remove(lane);
            unpark(lane);
            lane.queue.forEach(load(lane)::remove);
            lane.queue.clear();
            return true;
        });
        shed.removeIf(id -> id.partition().equals(partition));
    }

    /// When the next lane is due; empty if none waits.
    OptionalLong nextDue() {
        return waiting.isEmpty() ? OptionalLong.empty() : OptionalLong.of(waiting.first().dueAt);
    }

    int running() {
        return running.records;
    }

    /// The number of lanes that wait for a slot or for their time, or are parked.
    int waiting() {
        return waiting.size()
                + parked.values().stream().mapToInt(LinkedHashSet::size).sum();
    }

    /// Returns the keys whose first record waits for another attempt or for the end of a pause; the one whose record is
    /// the oldest is first.
    ///
    /// @param most how many are returned
    /// @param pause the reason of a scope's pause
    List<WaitingKey> stuck(int most, Function<PauseScope, String> pause) {
        return lanes.values().stream()
                .filter(lane -> lane.stuck && !lane.isGathering)
                .map(lane -> waitingKey(lane, pause))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(WaitingKey::since))
                .limit(most)
                .toList();
    }

    private static Optional<WaitingKey> waitingKey(Lane lane, Function<PauseScope, String> pause) {
        QueuedRecord first = lane.queue.isEmpty() ? lane.putBack : lane.queue.peek();
        if (first == null) {
            return Optional.empty();
        }
        PauseScope scope = lane.parkedIn;
        return Optional.of(new WaitingKey(
                lane.id.key(),
                Instant.ofEpochMilli(first.record().timestamp()),
                lane.queue.size() + (lane.running ? 1 : 0),
                first.attempt(),
                scope == null ? lane.reason : pause.apply(scope)));
    }

    /// The number of records in memory that are not stuck, including running ones.
    int records() {
        return running.records + queued.records;
    }

    /// Their size, in bytes.
    long bytes() {
        return running.bytes + queued.bytes;
    }

    /// The number of records in memory of lanes whose first record is to be retried.
    int stuckRecords() {
        return stuck.records;
    }

    /// Their size, in bytes.
    long stuckBytes() {
        return stuck.bytes;
    }

    private QueuedRecord start(Lane lane) {
        QueuedRecord next = lane.queue.remove();
        lane.running = true;
        lane.awaitsNext = false;
        lane.seen = lane.queue.size();
        load(lane).remove(next);
        running.add(next);
        return next;
    }

    /// Parks a lane. If waiting records use too much memory, its records are not kept, except one per
    /// scope that is needed to try whether the scope is still paused.
    private void park(Lane lane, PauseScope scope) {
        setStuck(lane, true);
        if (isParkingFull()) {
            QueuedRecord first = parked.containsKey(scope) ? null : lane.queue.remove();
            lane.queue.forEach(record -> {
                stuck.remove(record);
                shed(lane, record);
            });
            lane.queue.clear();
            if (first == null) {
                lanes.remove(lane.id);
                return;
            }
            lane.queue.add(first);
        }
        lane.parkedIn = scope;
        parked.computeIfAbsent(scope, _ -> new LinkedHashSet<>()).add(lane);
    }

    private boolean isParkingFull() {
        return stuck.records > maxParkedRecords || stuck.bytes > maxParkedBytes;
    }

    private void shed(Lane lane, QueuedRecord record) {
        record.shed();
        shed.add(lane.id);
    }

    private void unpark(Lane lane) {
        PauseScope scope = lane.parkedIn;
        if (scope != null) {
            lane.parkedIn = null;
            parked.computeIfPresent(scope, (_, lanesOfScope) -> {
                lanesOfScope.remove(lane);
                return lanesOfScope.isEmpty() ? null : lanesOfScope;
            });
        }
    }

    private void goOn(Lane lane, long now) {
        QueuedRecord next = lane.queue.peek();
        if (next == null) {
            lanes.remove(lane.id);
        } else if (holdBackNanos == 0) {
            await(lane, now);
        } else {
            long firstArrival =
                    lane.queue.stream().mapToLong(QueuedRecord::arrivedAt).min().orElse(now);
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

    private static Id id(QueuedRecord queued) {
        return new Id(queued.assignment().partition(), queued.key());
    }
}
