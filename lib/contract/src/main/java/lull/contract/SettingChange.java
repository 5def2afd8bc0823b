package lull.contract;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Change of a setting of an input topic while it ran, with its author and time. There are two records of a
/// change, with the same time: one before it is made, without any partitions, and one that tells what became of
/// it. Where the second is missing, the change may have been made in any of the partitions.
///
/// @param topic the input topic
/// @param setting the name of the setting, such as `turn.gap`
/// @param businessNumber the business number that it was changed for; absent: all that have none of their own
/// @param value the new value as people write it; absent: back to the configuration
/// @param changedBy who, as far as the caller said
/// @param partitions those whose log has the change
/// @param failedPartitions those whose log has not, as the broker did not acknowledge it
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

    /// The change when it has been made, as far as it was.
    public SettingChange in(List<Integer> made, List<Integer> failed) {
        return new SettingChange(topic, setting, businessNumber, value, changedBy, changedAt, made, failed);
    }
}
