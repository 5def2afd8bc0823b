package lull.aggregator.turn;

/// A turn that cannot be written: a message of it cannot be read any more, though it could when it came, or the
/// turn is more than a record takes.
public final class UnwritableTurn extends Exception {

    private static final long serialVersionUID = 1L;

    public UnwritableTurn(String message) {
        super(message);
    }

    public UnwritableTurn(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
