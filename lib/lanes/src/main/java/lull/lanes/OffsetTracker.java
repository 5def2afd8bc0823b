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

    /// Behind the last record that was accepted.
    private long position;

    private final NavigableMap<Long, Long> finished = new TreeMap<>();

    /// For each unfinished record the offset behind the one before it.
    private final Map<Long, Long> unfinished = new HashMap<>();

    /// Unfinished records that are left out of memory.
    private final NavigableSet<Long> shed = new TreeSet<>();

    /// Behind the last record that is read again; [#UNKNOWN] if none is.
    private long rereadTo = UNKNOWN;

    /// The last record that was read again.
    private long lastReread;

    private boolean changed;

    private OffsetTracker(long base, NavigableMap<Long, Long> finished) {
        this.base = base;
        this.position = base;
        this.finished.putAll(finished);
    }

    /// A tracker of a partition of which nothing was committed: the first record that comes is its start.
    static OffsetTracker fresh() {
        return new OffsetTracker(UNKNOWN, new TreeMap<>());
    }

    /// A tracker that goes on where a commit stands. Metadata that it cannot read counts as none.
    static OffsetTracker restore(OffsetAndMetadata committed) {
        return new OffsetTracker(
                committed.offset(),
                FinishedRanges.decode(committed.offset(), committed.metadata()).orElseGet(TreeMap::new));
    }

    /// Takes note of a record; false if it is finished already, or in memory, and is to be skipped.
    boolean accept(long offset) {
        if (isReread(offset)) {
            lastReread = offset;
            return shed.remove(offset);
        }
        rereadTo = UNKNOWN;
        if (base == UNKNOWN || offset < position) {
            // Going back means that the broker has lost the end of its log: what is now at these offsets is
            // new.
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
            // What was in front of a restored range is finished by now, so that the range has become part of the base.
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

    /// An accepted record is left out of memory: [#reread()] has it come again.
    void shed(long offset) {
        if (unfinished.containsKey(offset)) {
            shed.add(offset);
        }
    }

    /// Records that are left out of memory.
    int shed() {
        return shed.size();
    }

    /// Where to read again, so that what was left out of memory comes again; empty if nothing was. Until the reader is
    /// back where it was, [#accept] skips what is in memory.
    OptionalLong reread() {
        if (shed.isEmpty()) {
            return OptionalLong.empty();
        }
        rereadTo = Math.max(rereadTo, position);
        lastReread = shed.first() - 1;
        return OptionalLong.of(shed.first());
    }

    /// Whether a record comes again because of [#reread()]. One that is before the last of them is not: the broker
    /// has lost the end of its log.
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

    /// What to commit, with ranges of at most so many characters; empty where nothing is known yet.
    Optional<OffsetAndMetadata> commit(int maxMetadataCharacters) {
        return base == UNKNOWN
                ? Optional.empty()
                : Optional.of(
                        new OffsetAndMetadata(base, FinishedRanges.encode(base, finished, maxMetadataCharacters)));
    }

    /// Whether [#commit] says something else than when [#committed()] was called last.
    boolean changed() {
        return changed;
    }

    void committed() {
        changed = false;
    }

    /// The commit has failed: it is still to be made.
    void notCommitted() {
        changed = true;
    }

    int unfinished() {
        return unfinished.size();
    }

    private void add(long from, long to) {
        long start = from;
        long end = to;
        Map.Entry<Long, Long> before = finished.floorEntry(start);
        if (before != null && before.getValue() >= start) {
            start = before.getKey();
            end = Math.max(end, before.getValue());
        }
        Map.Entry<Long, Long> after = finished.ceilingEntry(start);
        while (after != null && after.getKey() <= end) {
            end = Math.max(end, after.getValue());
            finished.remove(after.getKey());
            after = finished.ceilingEntry(start);
        }
        if (start <= base) {
            finished.remove(start);
            base = Math.max(base, end);
        } else {
            finished.put(start, end);
        }
        changed = true;
    }
}
