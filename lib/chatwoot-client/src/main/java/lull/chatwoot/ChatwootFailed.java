package lull.chatwoot;

/// Thrown if Chatwoot did not do what it was asked.
public final class ChatwootFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ChatwootError error;

    ChatwootFailed(ChatwootError error) {
        super(error.reason(), null, false, false);
        this.error = error;
    }

    /// Why.
    public ChatwootError error() {
        return error;
    }
}
