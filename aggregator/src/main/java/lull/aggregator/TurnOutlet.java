package lull.aggregator;

import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;

/// Where what a partition decides goes.
interface TurnOutlet {

    /// A turn has ended.
    ///
    /// @param now the log's time
    void closed(Turn turn, TurnCause cause, OpenTurn was, long now);

    /// A message was dropped, as it has been seen before.
    void duplicate();

    /// A message joined its turn by its receive time, though it was appended after the deadline.
    void joinedLate();

    /// A hole was found in the log.
    void hole();
}
