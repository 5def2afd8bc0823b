package lull.bridge.notices;

/// Outcome for a message that a colleague wrote in the WhatsApp Business app.
enum EchoOutcome {
    TOLD,
    /// The customer has no open chat.
    NO_CHAT,
    REFUSED,
    /// Connect failed too often.
    GIVEN_UP
}
