package lull.aggregator.turn;

/// A turn that cannot be written, as a message of it cannot be read any more, though it could when it came.
final class UnwritableTurn extends Exception {

    private static final long serialVersionUID = 1L;

    UnwritableTurn(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
