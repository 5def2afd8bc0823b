package lull.aggregator.turn;

import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;

/// Receiver of the turns and dead letters of a partition.
public interface TurnListener {

    /// A turn has ended. Where it cannot go to a topic as it is, nothing of it has.
    ///
    /// @param now the log's time
    void closed(Turn turn, TurnCause cause, OpenTurn was, long now) throws UnwritableTurn;

    /// A turn has ended that cannot be written; its messages go to the dead letters.
    void unwritable(String conversation, OpenTurn was, UnwritableTurn why);

    /// A message was dropped, as it has been seen before.
    void duplicate();

    /// A message joined its turn by its receive time, though it was appended after the deadline.
    void joinedLate();

    /// A hole was found in the log.
    void hole();
}
