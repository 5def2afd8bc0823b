package lull.bridge.notices;

/// Port by which a flow sends the agent of a chat a note and learns what became of it. A flow that only
/// needs to know whether to try again uses [AgentNotifier].
@FunctionalInterface
public interface NoteSender {

    /// Sends a note; returns what became of it, [NoteOutcome#LATER] if it has to be tried again.
    ///
    /// @param about what the note is about: a note about the same thing is shown once
    NoteOutcome note(String initialContactId, String about, String text) throws InterruptedException;
}
