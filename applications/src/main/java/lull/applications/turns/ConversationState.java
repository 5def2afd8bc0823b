package lull.applications.turns;

import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import lull.contract.application.TurnHandled;

/// What is known of a turn's conversation when an application gets the turn. Immutable.
///
/// @param before what was said and handed over in it before the turn, as far as it is remembered, oldest first
/// @param until when the time for an answer is over
/// @param isFollowed whether a later turn of the conversation waits already; changes while the application works
public record ConversationState(List<TurnHandled> before, Instant until, BooleanSupplier isFollowed) {
    public ConversationState {
        before = List.copyOf(before);
    }

    @Override
    public String toString() {
        return "ConversationState[" + before.size() + " before]";
    }
}
