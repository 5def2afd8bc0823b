package lull.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an operator has done with a dead letter, with author and time: the values of `lull.dead.letter.handled`, keyed
/// by the dead letter's id. It is written in the same transaction as the record that is sent again.
///
/// @param topic the dead-letter topic
/// @param partition of the dead letter in that topic
/// @param offset likewise
/// @param by the author
/// @param why what the author said; absent: nothing
public record DeadLetterHandled(
        String topic,
        int partition,
        long offset,
        Action action,
        String by,
        Instant at,
        @Nullable String why) {

    /// What was done.
    public enum Action {
        /// The record was sent to its topic again.
        @JsonProperty("replayed")
        REPLAYED,
        /// The operator decided that nothing is to be done.
        @JsonProperty("discarded")
        DISCARDED
    }

    /// Returns the id of a dead letter by its position: `topic-partition-offset`.
    public static String id(String topic, int partition, long offset) {
        return topic + "-" + partition + "-" + offset;
    }
}
