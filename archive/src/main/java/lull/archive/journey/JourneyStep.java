package lull.archive.journey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Step of a journey: what a record of a topic says happened. Immutable.
///
/// @param at when it happened, by the clock of whoever wrote the record
/// @param sinceMillis milliseconds since the step before; absent for the first one
/// @param appendedAt the timestamp of the record
record JourneyStep(
        String step,
        @Nullable String detail,
        Instant at,
        @Nullable Long sinceMillis,
        String topic,
        int partition,
        long offset,
        Instant appendedAt,
        @Nullable String conversation,
        @Nullable String messageId,
        @Nullable String turnId,
        @Nullable String contactId,
        @Nullable String connectId,
        @Nullable String replyId,
        @Nullable Integer part,
        @Nullable String deadLetter) {

    @Override
    public String toString() {
        return "JourneyStep[" + step + "]";
    }
}
