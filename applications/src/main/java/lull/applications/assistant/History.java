package lull.applications.assistant;

import java.time.Duration;
import java.util.List;
import lull.contract.application.TurnHandled;
import lull.contract.turn.Turn;

/// Source of what was said in a conversation before a turn. Safe for several threads.
@FunctionalInterface
interface History {

    /// How old something may be that is told.
    Duration AGE = Duration.ofDays(7);

    /// Returns what was said, oldest first.
    ///
    /// @param known what is known of it without asking anybody, oldest first
    List<Past> before(Turn turn, List<TurnHandled> known) throws InterruptedException;
}
