package lull.aggregator.turn;

import java.time.Duration;
import lull.contract.turn.GapDecision;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;

/// Event that results from a record of the log, in addition to changes of the stores.
public sealed interface TurnEvent {

    /// A turn has ended.
    ///
    /// @param was its messages as they were stored
    /// @param now the log's time, in milliseconds
    record Closed(Turn turn, TurnCause cause, OpenTurn was, long now) implements TurnEvent {}

    /// A turn has ended that cannot be written; its messages go to the dead letters.
    ///
    /// @param conversation its key
    /// @param was its messages as they were stored
    /// @param reason for people
    record Unwritable(String conversation, OpenTurn was, String reason) implements TurnEvent {}

    /// A turn has not ended, but will most likely do so as it is.
    ///
    /// @param turn as it would be written if it ended by its gap
    /// @param now the log's time, in milliseconds
    record Expected(Turn turn, long now) implements TurnEvent {}

    /// A message was dropped because it is a duplicate.
    record Duplicate() implements TurnEvent {}

    /// A message joined its turn by its receive time, though it was appended after the deadline.
    record JoinedLate() implements TurnEvent {}

    /// A hole was found in the log.
    record Hole() implements TurnEvent {}

    /// A message opened a turn within a minute of the one before, which the business had not answered: a
    /// thought was cut. Known only where the adaptive gap decides or is tried.
    record Cut() implements TurnEvent {}

    /// The adaptive gap has judged a message.
    record Judged(GapDecision.By by, Duration adaptiveWait) implements TurnEvent {}

    /// A turn went to Amazon Connect, because the destination of its rule is not configured.
    ///
    /// @param rule the name of the rule
    record Misrouted(String rule, String destination) implements TurnEvent {}
}
