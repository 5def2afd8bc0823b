package lull.bridge.notices;

/// Port by which flows notify the agent of a chat.
@FunctionalInterface
public interface AgentNotifier {

    /// Sends a note; returns false if it has to be tried again.
    ///
    /// @param about what the note is about: a note about the same thing is shown once
    boolean send(String initialContactId, String about, String text) throws InterruptedException;
}
