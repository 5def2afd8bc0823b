package lull.lanes;

import java.util.Optional;
import lull.contract.topic.DeadLetterHeaders;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// What is known of a record that was a dead letter and was sent to its topic again.
///
/// @param deadLetter the id of the dead letter; the same record that is replayed twice has two
/// @param part numbers of item and part, such as `1.0`, if only this part was rejected; absent: the whole record was
public record Replay(String deadLetter, @Nullable String part) {

    /// Reads the headers of a record; empty if it is not a replay.
    static Optional<Replay> of(Headers headers) {
        return DeadLetterHeaders.replayOf(headers)
                .map(id -> new Replay(id, DeadLetterHeaders.part(headers).orElse(null)));
    }
}
