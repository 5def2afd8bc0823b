package lull.lanes;

import java.time.Instant;

/// Record as it is passed to its handler.
///
/// @param assignment number of the assignment under which this process has the partition; it changes
///     whenever another process may have had the partition in between
/// @param timestamp the record's timestamp
/// @param attempt how often it was tried before, from 0
public record Incoming<V>(
        int partition, long offset, long assignment, String key, V value, Instant timestamp, int attempt) {

    /// Returns the same record with another value.
    public <W> Incoming<W> with(W other) {
        return new Incoming<>(partition, offset, assignment, key, other, timestamp, attempt);
    }

    @Override
    public String toString() {
        return "Incoming[" + partition + "@" + offset + "]";
    }
}
