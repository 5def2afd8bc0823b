package lull.archive.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Change of a setting at run time as the archive shows it. Immutable.
///
/// @param topic the input topic
/// @param businessNumber absent: all numbers without a value of their own
/// @param value the new value; absent: back to the configuration
/// @param partitions how many partitions have the change
/// @param failedPartitions how many do not have it, because the broker did not acknowledge it
record ChangeView(
        String topic,
        String setting,
        @Nullable String businessNumber,
        @Nullable String value,
        String by,
        Instant at,
        int partitions,
        int failedPartitions) {}
