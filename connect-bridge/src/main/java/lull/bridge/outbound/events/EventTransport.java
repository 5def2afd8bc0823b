package lull.bridge.outbound.events;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// Way by which chat events arrive from their SNS topic.
public enum EventTransport {
    /// By an SQS queue, in which they wait for days while no bridge is there.
    SQS,
    /// SNS posts them to the bridge, and gives up after a minute or an hour.
    HTTPS;

    /// The doors of a setting, separated by commas; throws `IllegalArgumentException` where there is none or another.
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
