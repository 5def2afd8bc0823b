package lull.applications.turns;

import java.util.Optional;
import lull.contract.turn.Turn;
import lull.lanes.Outcome;

/// Port of an application that gets turns. Safe for several threads.
public interface Application {

    /// What came of giving a turn to an application.
    sealed interface Given {

        /// The application has the turn.
        ///
        /// @param answer what it answered; [Answer#NONE] if that is nothing
        record Taken(Answer answer) implements Given {}

        /// The application does not have it, or it is not known.
        record Failed(Outcome.Failure failure) implements Given {}
    }

    /// Returns what is answered in place of the application to a turn that it had no time for; empty if the turn
    /// just counts as refused.
    default Optional<Answer> instead(Turn turn, ConversationState conversation) {
        return Optional.empty();
    }

    /// Lets the application begin with a turn that has not ended, but will most likely do so as it is. Whatever comes
    /// of
    /// it must have no effect until the same turn is given. Blocks while the application works.
    default void expect(Turn turn, ConversationState conversation) throws InterruptedException {
        // Most applications only get turns that have ended.
    }

    /// Gives a turn to the application, and waits for its answer for a limited time. It may have the
    /// turn already: the id tells.
    ///
    /// @param id the same for the same turn and application, whenever it is given
    /// @param conversation what is known of the turn's conversation
    Given give(String id, Turn turn, ConversationState conversation) throws InterruptedException;
}
