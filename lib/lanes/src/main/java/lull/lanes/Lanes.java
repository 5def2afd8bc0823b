package lull.lanes;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
        private final ArrayDeque<QueuedRecord> queue = new ArrayDeque<>(FEW);
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

        /// Its neighbours in the [Schedule], while it stands among those that are in order.
        private @Nullable Lane previous;

        private @Nullable Lane next;
        private boolean isInOrder;

        /// The number of further records that the first knew when it ran last.
        private int seen;

        Lane(Id id, long number) {
            this.id = id;
            this.number = number;
        }

        /// Adds a record in its place, which is mostly the last: records arrive in their order, and the first is put
        /// back as the first.
        void add(QueuedRecord record, Comparator<QueuedRecord> order) {
            if (queue.isEmpty() || order.compare(queue.getLast(), record) <= 0) {
                queue.addLast(record);
            } else if (order.compare(record, queue.getFirst()) <= 0) {
                queue.addFirst(record);
            } else {
                List<QueuedRecord> later = new ArrayList<>();
                while (order.compare(queue.getLast(), record) > 0) {
                    later.add(queue.removeLast());
                }
                queue.addLast(record);
                later.reversed().forEach(queue::addLast);
            }
        }
    }

    private static final Comparator<QueuedRecord> BY_OFFSET =
            Comparator.comparingLong(queued -> queued.record().offset());
    private static final Comparator<QueuedRecord> BY_TIMESTAMP = Comparator.<QueuedRecord>comparingLong(
                    queued -> queued.record().timestamp())
            .thenComparing(BY_OFFSET);

    /// Most lanes have this many records at most.
    private static final int FEW = 2;

    private final int slots;
    private final long holdBackNanos;
    private final int maxParkedRecords;
    private final long maxParkedBytes;
    private final Comparator<QueuedRecord> order;
    private final Map<Id, Lane> lanes = new HashMap<>();

    /// Lanes that have a record to run and do not run.
    private final Schedule waiting = new Schedule();

    /// Lanes that a pause holds back, by one of the scopes that do so, in the order of their arrival.
    private final Map<PauseScope, LinkedHashSet<Lane>> parked = new HashMap<>();

    /// Keys with records not kept in memory. Later records of these keys are not kept either, or they
    /// would overtake them.
    private final Set<Id> shed = new HashSet<>();

    private long lastNumber;
    private final Load running = new Load();
    private final Load queued = new Load();
    private final Load stuck = new Load();

    /// Lanes in the order in which they are due. While no record waits for others or for another attempt they are added
    /// in this order, so that they need not be sorted.
    private static final class Schedule {
        private final TreeSet<Lane> others = new TreeSet<>(Schedule::compare);
        private @Nullable Lane first;
        private @Nullable Lane last;
        private int inOrder;

        private static int compare(Lane one, Lane other) {
            int byTime = Long.compare(one.dueAt, other.dueAt);
            return byTime == 0 ? Long.compare(one.number, other.number) : byTime;
        }

        /// @param soon whether it is not due later than those that will be added are
        void add(Lane lane, boolean soon) {
            Lane end = last;
            if (!soon || (end != null && compare(end, lane) > 0)) {
                others.add(lane);
                return;
            }
            lane.isInOrder = true;
            lane.previous = end;
            if (end == null) {
                first = lane;
            } else {
                end.next = lane;
            }
            last = lane;
            inOrder++;
        }

        boolean remove(Lane lane) {
            if (!lane.isInOrder) {
                return others.remove(lane);
            }
            Lane previous = lane.previous;
            Lane next = lane.next;
            if (previous == null) {
                first = next;
            } else {
                previous.next = next;
            }
            if (next == null) {
                last = previous;
            } else {
                next.previous = previous;
            }
            lane.isInOrder = false;
            lane.previous = null;
            lane.next = null;
            inOrder--;
            return true;
        }

        /// The one that is due first; none if there are none.
        @Nullable
        Lane first() {
            Lane begin = first;
            Lane other = others.isEmpty() ? null : others.first();
            return begin == null || (other != null && compare(other, begin) < 0) ? other : begin;
        }

        int size() {
            return inOrder + others.size();
        }
    }

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
        Lane lane = lanes.computeIfAbsent(id, _ -> new Lane(id, ++lastNumber));
        if (lane.parkedIn != null && isParkingFull()) {
            shed(lane, record);
            return;
        }
        boolean isFirst = lane.queue.isEmpty() && !lane.running;
        lane.add(record, order);
        load(lane).add(record);
        if (lane.awaitsNext && waiting.remove(lane)) {
            lane.awaitsNext = false;
            await(lane, Math.min(lane.dueAt, record.arrivedAt() + holdBackNanos), record.arrivedAt());
        }
        if (isFirst) {
            holding.ifPresentOrElse(
                    scope -> park(lane, scope),
                    () -> await(lane, record.arrivedAt() + holdBackNanos, record.arrivedAt()));
        }
    }

    /// Returns the next record to run, which then holds a slot until [#finished] or [#later]; empty if
    /// none is due or no slot is free. Lanes that a pause holds back are parked instead.
    ///
    /// @param holding the scope that holds back a key, if any does
    Optional<QueuedRecord> take(long now, Function<String, Optional<PauseScope>> holding) {
        for (Lane lane = waiting.first(); lane != null && lane.dueAt <= now; lane = waiting.first()) {
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
            await(lane, now, now);
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
            lane.add(record, order);
            stuck.add(record);
            lane.dueAt = dueAt;
            waiting.add(lane, false);
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
        return lane.queue.stream().limit(most).toList();
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
            lane.add(record, order);
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
        Lane first = waiting.first();
        return first == null ? OptionalLong.empty() : OptionalLong.of(first.dueAt);
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
            lane.add(first, order);
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
            await(lane, now, now);
        } else {
            long firstArrival =
                    lane.queue.stream().mapToLong(QueuedRecord::arrivedAt).min().orElse(now);
            await(lane, Math.max(now, firstArrival + holdBackNanos), now);
        }
    }

    private void await(Lane lane, long dueAt, long now) {
        lane.dueAt = dueAt;
        waiting.add(lane, dueAt - now <= holdBackNanos);
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
