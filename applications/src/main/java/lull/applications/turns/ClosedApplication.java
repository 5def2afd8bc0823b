package lull.applications.turns;

import lull.contract.turn.Turn;
import lull.lanes.Outcome;

/// Application that gets no turns any more: it refuses all of them with a reason, those that were waiting
/// included. Safe for several threads.
///
/// @param reason what agents read
public record ClosedApplication(String reason) implements Application {

    @Override
    public Given give(String id, Turn turn, ConversationState conversation) {
        return new Given.Failed(new Outcome.Reject(reason));
    }
}
