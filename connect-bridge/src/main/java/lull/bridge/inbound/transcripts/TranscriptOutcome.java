package lull.bridge.inbound.transcripts;

/// Outcome of the transcript of a voice note.
enum TranscriptOutcome {
    /// It is in the chat.
    SENT,
    /// Nobody speaks in the note; the agent was notified.
    EMPTY,
    /// WhatsApp or Transcribe does not accept the note; the agent was notified.
    REFUSED,
    /// It took too long; the agent was notified.
    GIVEN_UP,
    /// The chat was over.
    CHAT_OVER,
    /// Connect does not accept it.
    NOT_TAKEN,
    /// The note itself was not delivered to a chat.
    NOTE_NOT_DELIVERED,
    /// An operator has switched transcripts off for the conversation.
    SWITCHED_OFF
}
