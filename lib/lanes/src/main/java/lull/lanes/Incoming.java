package lull.lanes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Record as it is passed to its handler.
///
/// @param assignment number of the assignment under which this process has the partition; it changes
///     whenever another process may have had the partition in between
/// @param timestamp the record's timestamp
/// @param attempt how often it was tried before, from 0
/// @param replay what is known of it if it was a dead letter; absent for all others
public record Incoming<V>(
        int partition,
        long offset,
        long assignment,
        String key,
        V value,
        Instant timestamp,
        int attempt,
        @Nullable Replay replay) {

    /// Creates a record that was never a dead letter.
    public Incoming(int partition, long offset, long assignment, String key, V value, Instant timestamp, int attempt) {
        this(partition, offset, assignment, key, value, timestamp, attempt, null);
    }

    /// Returns the same record with another value.
    public <W> Incoming<W> with(W other) {
        return new Incoming<>(partition, offset, assignment, key, other, timestamp, attempt, replay);
    }

    @Override
    public String toString() {
        return "Incoming[" + partition + "@" + offset + "]";
    }
}
