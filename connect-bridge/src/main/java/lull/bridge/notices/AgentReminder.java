package lull.bridge.notices;

/// Port for notes to agents that can wait.
@FunctionalInterface
public interface AgentReminder {

    /// Sends a note. Returns false if it was not sent, because another note was sent a moment ago or
    /// Connect fails.
    boolean remind(String initialContactId, String about, String text) throws InterruptedException;
}
