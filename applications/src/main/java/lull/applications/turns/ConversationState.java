package lull.applications.turns;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import lull.contract.application.TurnHandled;

/// What is known of a turn's conversation when an application gets the turn. Immutable.
///
/// @param before what was said and handed over in it before the turn, as far as it is remembered, oldest first
/// @param until when the time for an answer is over
/// @param isFollowed whether a later turn of the conversation waits already; changes while the application works
/// @param transcripts what is said in the turn's voice notes, by their media ids, as far as it is known
public record ConversationState(
        List<TurnHandled> before, Instant until, BooleanSupplier isFollowed, Map<String, String> transcripts) {
    public ConversationState {
        before = List.copyOf(before);
        transcripts = Map.copyOf(transcripts);
    }

    /// Creates a state in which nothing is known of voice notes.
    public ConversationState(List<TurnHandled> before, Instant until, BooleanSupplier isFollowed) {
        this(before, until, isFollowed, Map.of());
    }

    /// Returns the same state with what is said in the turn's voice notes.
    public ConversationState hearing(Map<String, String> heard) {
        return new ConversationState(before, until, isFollowed, heard);
    }

    @Override
    public String toString() {
        return "ConversationState[" + before.size() + " before]";
    }
}
