package lull.aggregator;

/// A turn with a message that cannot be read any more, though it could when it came.
final class UnwritableTurn extends Exception {

    private static final long serialVersionUID = 1L;

    UnwritableTurn(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
