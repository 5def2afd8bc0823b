package lull.lanes;

import java.time.Duration;

/// Limits of an engine.
///
/// @param slots records that are handled at the same time
/// @param maxRecords records in memory above which no more are fetched, not counting those of keys that
///     wait for a retry
/// @param maxBytes their size in memory above which no more are fetched
/// @param maxStuckRecords records of keys that wait for a retry, above which no more are fetched
/// @param maxStuckBytes their size in memory above which no more are fetched
/// @param holdBack how long a record waits for others of its key that belong before it by their
///     timestamps; zero keeps the order of offsets
/// @param sessionTimeout the consumer's; a lane acts only while the last poll is younger than half of
///     it
/// @param drain how long running records may take to finish when their partition is revoked
/// @param commitEvery the time between commits
/// @param backOff between attempts of a record
/// @param pausedRetry the time between attempts in a scope that is paused
/// @param maxFailures how often the handling of a record may fail unexpectedly before it becomes a dead
///     letter
public record LaneOptions(
        int slots,
        int maxRecords,
        long maxBytes,
        int maxStuckRecords,
        long maxStuckBytes,
        Duration holdBack,
        Duration sessionTimeout,
        Duration drain,
        Duration commitEvery,
        BackOff backOff,
        Duration pausedRetry,
        int maxFailures) {

    /// The maximum characters of finished ranges in a commit: somewhat less than the 4,096 bytes that
    /// brokers accept by default.
    static final int MAX_METADATA_CHARACTERS = 4_000;

    public LaneOptions {
        if (slots < 1 || maxRecords < 1 || maxBytes < 1 || maxStuckRecords < 1 || maxStuckBytes < 1) {
            throw new IllegalArgumentException("An engine needs room for at least one record");
        }
        if (maxFailures < 1) {
            throw new IllegalArgumentException("An engine tries every record at least once");
        }
    }

    /// Returns the same limits with another hold-back.
    public LaneOptions holdingBack(Duration other) {
        return new LaneOptions(
                slots,
                maxRecords,
                maxBytes,
                maxStuckRecords,
                maxStuckBytes,
                other,
                sessionTimeout,
                drain,
                commitEvery,
                backOff,
                pausedRetry,
                maxFailures);
    }
}
