package lull.bridge.inbound.transcripts;

/// Outcome with which a transcript of a voice note left.
enum TranscriptOutcome {
    /// It is in the chat.
    SENT,
    /// Nobody speaks in the note; the agent was told.
    EMPTY,
    /// WhatsApp or Transcribe does not take the note; the agent was told.
    REFUSED,
    /// It took too long; the agent was told.
    GIVEN_UP,
    /// The chat was over.
    CHAT_OVER,
    /// Connect does not take it.
    NOT_TAKEN,
    /// The note itself has not come into a chat.
    NOTE_NOT_DELIVERED
}
