package lull.standins.http;

/// What a control route refuses, told to the caller as `{"error": ...}` with its status.
public final class ControlException extends RuntimeException {
    private final int status;

    private ControlException(int status, String message) {
        super(message);
        this.status = status;
    }

    public static ControlException badRequest(String message) {
        return new ControlException(400, message);
    }

    public static ControlException notFound(String message) {
        return new ControlException(404, message);
    }

    /// A refusal with another status.
    public static ControlException ofStatus(int status, String message) {
        return new ControlException(status, message);
    }

    int status() {
        return status;
    }
}
