package lull.contract;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Change of a setting of an input topic at run time, with its author and time. A change has two
/// records with the same time: one before it is made, without any partitions, and one with its result.
/// If the second is missing, the change may have been made in any of the partitions.
///
/// @param topic the input topic
/// @param setting the name of the setting, such as `turn.gap`
/// @param businessNumber the business number for which it was changed; absent: all that have none of
///     their own
/// @param value the new value as people write it; absent: back to the configuration
/// @param changedBy the author, as far as the caller named one
/// @param partitions those whose log has the change
/// @param failedPartitions those whose log does not have it, because the broker did not acknowledge it
public record SettingChange(
        String topic,
        String setting,
        @Nullable String businessNumber,
        @Nullable String value,
        String changedBy,
        Instant changedAt,
        List<Integer> partitions,
        List<Integer> failedPartitions) {

    public SettingChange {
        partitions = List.copyOf(partitions);
        failedPartitions = List.copyOf(failedPartitions);
    }

    /// Returns the change with its result.
    public SettingChange in(List<Integer> made, List<Integer> failed) {
        return new SettingChange(topic, setting, businessNumber, value, changedBy, changedAt, made, failed);
    }
}
