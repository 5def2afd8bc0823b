package lull.bridge.notices;

/// Outcome for a message that a colleague wrote in the WhatsApp Business app.
enum EchoOutcome {
    /// The agent of the open chat reads it.
    SHOWN,
    /// The customer has no open chat.
    NO_CHAT,
    REFUSED,
    /// Connect failed too often.
    GIVEN_UP
}
