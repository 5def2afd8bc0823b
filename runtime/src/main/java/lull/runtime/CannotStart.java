package lull.runtime;

/// A process that cannot start for a reason which its operator can remove. The message is written for people and is all
/// that
/// they are shown.
public final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CannotStart(String message) {
        super(message);
    }

    /// With what it was found out by.
    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
