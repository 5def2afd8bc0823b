package lull.bench.peer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Task of an application that handles records in order per key: read a topic from its beginning.
///
/// @param group the consumer group
/// @param records that the topic has
/// @param from how many records are handled before it is measured
/// @param to how many records are handled when the measured part is over
/// @param handling how long a record takes; the thread sleeps meanwhile
/// @param slots records that are handled at the same time
/// @param session after which the group removes a process that does not respond
/// @param journal the file in which every handled record is noted; none is kept where it is absent
public record LaneWork(
        String group,
        String topic,
        int keys,
        int records,
        int from,
        int to,
        Duration handling,
        int slots,
        Duration session,
        @Nullable String journal) {}
