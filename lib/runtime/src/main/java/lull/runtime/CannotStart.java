package lull.runtime;

import java.util.List;

/// A process that cannot start for a reason which its operator can remove. The message is written for people and
/// is all that they are shown.
public final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CannotStart(String message) {
        super(message);
    }

    /// What cannot be, and every problem on a line of its own.
    public static CannotStart because(String what, List<String> problems) {
        return new CannotStart(what + "\n  - " + String.join("\n  - ", problems));
    }

    /// With what it was found out by.
    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
