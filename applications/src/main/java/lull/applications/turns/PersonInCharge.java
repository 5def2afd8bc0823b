package lull.applications.turns;

import java.time.Instant;
import lull.contract.turn.Turn;

/// Port that knows whether a person talks with a customer now. Safe for several threads.
public interface PersonInCharge {

    /// Whether a chat with the customer of a turn is open.
    boolean isOpen(Turn turn);

    /// Whether a chat with the customer of a turn has ended at this time or later.
    boolean hasEndedSince(Turn turn, Instant time);
}
