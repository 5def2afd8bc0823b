package lull.runtime;

import java.util.List;

/// Thrown if a process cannot start for a reason that its operator can remove. The message is written
/// for operators and is all that they see.
public final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CannotStart(String message) {
        super(message);
    }

    /// Returns a failure with a headline and every problem on a line of its own.
    public static CannotStart because(String what, List<String> problems) {
        return new CannotStart(what + "\n  - " + String.join("\n  - ", problems));
    }

    /// Creates a failure with its cause.
    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
