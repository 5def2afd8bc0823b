package lull.bridge.inbound;

import lull.contract.turn.Turn;
import lull.lanes.Incoming;

/// Port for dead letters of parts of turns that Amazon Connect refuses while it accepts the other
/// parts.
@FunctionalInterface
public interface PartDeadLetters {

    /// Writes the turn with the number of its part and the reason. Returns when the broker has
    /// acknowledged it.
    ///
    /// @param part numbers of item and part, from 0, such as `1.0`
    void write(Incoming<Turn> turn, String part, String reason);
}
