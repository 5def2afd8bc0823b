package lull.lanes;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/// Tracker of the finished records of a partition: all below a base, and ranges above it. Offsets
/// without a record (of transactions, or compacted) belong to the record after them, so that they never
/// separate ranges. Not thread-safe.
final class OffsetTracker {

    private static final long UNKNOWN = -1;

    /// Every record below it is finished.
    private long base;

    /// The offset after the last record that was accepted.
    private long position;

    private final NavigableMap<Long, Long> finished = new TreeMap<>();

    /// For each unfinished record the offset after the one before it.
    private final Map<Long, Long> unfinished = new HashMap<>();

    /// Unfinished records that are not kept in memory.
    private final NavigableSet<Long> shed = new TreeSet<>();

    /// The offset after the last record that is read again; [#UNKNOWN] if none is.
    private long rereadTo = UNKNOWN;

    /// The last record that was read again.
    private long lastReread;

    private boolean changed;

    private OffsetTracker(long base, NavigableMap<Long, Long> finished) {
        this.base = base;
        this.position = base;
        this.finished.putAll(finished);
    }

    /// Creates a tracker of a partition without a commit: it starts at the first record that arrives.
    static OffsetTracker fresh() {
        return new OffsetTracker(UNKNOWN, new TreeMap<>());
    }

    /// Creates a tracker that continues at a commit. Unreadable metadata counts as none.
    static OffsetTracker restore(OffsetAndMetadata committed) {
        return new OffsetTracker(
                committed.offset(),
                FinishedRanges.decode(committed.offset(), committed.metadata()).orElseGet(TreeMap::new));
    }

    /// Accepts a record; returns false if it is finished already or in memory, so that the caller skips
    /// it.
    boolean accept(long offset) {
        if (isReread(offset)) {
            lastReread = offset;
            return shed.remove(offset);
        }
        rereadTo = UNKNOWN;
        if (base == UNKNOWN || offset < position) {
            // A lower offset means that the broker has lost the end of its log: the records at these
            // offsets are new.
            base = offset;
            finished.clear();
            unfinished.clear();
            shed.clear();
            changed = true;
            position = offset;
        }
        long from = position;
        position = offset + 1;
        if (offset < base) {
            // Everything before a restored range is finished by now, so the range has become part of
            // the base.
            return false;
        }
        Map.Entry<Long, Long> range = finished.floorEntry(offset);
        if (range != null && offset < range.getValue()) {
            add(from, position);
            return false;
        }
        unfinished.put(offset, from);
        return true;
    }

    /// Marks an accepted record as not kept in memory: [#reread()] causes it to be read again.
    void shed(long offset) {
        if (unfinished.containsKey(offset)) {
            shed.add(offset);
        }
    }

    /// The number of records that are not kept in memory.
    int shed() {
        return shed.size();
    }

    /// Returns the offset from which to read records again that are not kept in memory; empty if there
    /// are none. Until the reader is back at its position, [#accept] skips what is in memory.
    OptionalLong reread() {
        if (shed.isEmpty()) {
            return OptionalLong.empty();
        }
        rereadTo = Math.max(rereadTo, position);
        lastReread = shed.first() - 1;
        return OptionalLong.of(shed.first());
    }

    /// Whether a record is read again because of [#reread()]. A record before the last one that was
    /// read again is not: the broker has lost the end of its log.
    boolean isReread(long offset) {
        return offset < rereadTo && offset > lastReread;
    }

    /// Marks an accepted record as finished.
    void finish(long offset) {
        Long from = unfinished.remove(offset);
        if (from != null) {
            add(from, offset + 1);
        }
    }

    /// Returns what to commit, with ranges of at most this many characters; empty if nothing is known
    /// yet.
    Optional<OffsetAndMetadata> commit(int maxMetadataCharacters) {
        return base == UNKNOWN
                ? Optional.empty()
                : Optional.of(
                        new OffsetAndMetadata(base, FinishedRanges.encode(base, finished, maxMetadataCharacters)));
    }

    /// Whether the result of [#commit] has changed since the last call of [#committed()].
    boolean changed() {
        return changed;
    }

    void committed() {
        changed = false;
    }

    /// Reports that the commit has failed and must be repeated.
    void notCommitted() {
        changed = true;
    }

    int unfinished() {
        return unfinished.size();
    }

    /// Adds what is finished to the base or to the ranges, which neither overlap nor touch each other or the base.
    private void add(long from, long to) {
        changed = true;
        Map.Entry<Long, Long> before = from <= base ? null : finished.floorEntry(from);
        long start = from;
        long end = to;
        if (before != null && before.getValue() >= from) {
            start = before.getKey();
            end = Math.max(to, before.getValue());
        }
        Map.Entry<Long, Long> after = before == null ? finished.firstEntry() : finished.higherEntry(before.getKey());
        while (after != null && after.getKey() <= end) {
            end = Math.max(end, after.getValue());
            finished.remove(after.getKey());
            after = finished.higherEntry(after.getKey());
        }
        if (start <= base) {
            base = Math.max(base, end);
        } else {
            finished.put(start, end);
        }
    }
}
