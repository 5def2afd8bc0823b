package lull.aggregator.turn;

/// Thrown if a turn cannot be written, because a message of it can no longer be read although it was
/// readable when it arrived.
final class UnwritableTurn extends Exception {

    private static final long serialVersionUID = 1L;

    UnwritableTurn(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
