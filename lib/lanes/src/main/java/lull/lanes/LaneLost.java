package lull.lanes;

/// Signal that ends the handling of a record whose partition is not, or perhaps not, this process's own any
/// more. Handlers let it pass, like an interruption.
public final class LaneLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LaneLost(String message) {
        // It is thrown in normal life and read by the engine only: a stack trace would cost and tell nothing.
        super(message, null, false, false);
    }
}
