package lull.bridge.outbound.events;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// Transport by which chat events arrive from their SNS topic.
public enum EventTransport {
    /// An SQS queue, in which events wait for days while no bridge runs.
    SQS,
    /// HTTPS requests of SNS to the bridge. SNS gives up after a minute or an hour.
    HTTPS;

    /// Reads the transports from a setting, separated by commas. Throws `IllegalArgumentException` if
    /// there is none, or one that is unknown.
    static Set<EventTransport> set(String text) {
        Set<EventTransport> doors = EnumSet.noneOf(EventTransport.class);
        for (String word : text.split(",", -1)) {
            doors.add(Arrays.stream(values())
                    .filter(door -> door.name().toLowerCase(Locale.ROOT).equals(word.strip()))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException("must be sqs, https or both, separated by a comma")));
        }
        return doors;
    }
}
