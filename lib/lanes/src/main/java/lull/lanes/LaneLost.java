package lull.lanes;

/// Signal that ends the handling of a record whose partition this process has lost, or may have lost.
/// Handlers must not catch it, like an interruption.
public final class LaneLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LaneLost(String message) {
        // Thrown in normal operation and read by the engine only: a stack trace would cost time and add
        // nothing.
        super(message, null, false, false);
    }
}
