package lull.bridge.notices;

/// How what a colleague wrote in the WhatsApp Business app left.
enum EchoOutcome {
    TOLD,
    /// The customer has no open chat.
    NO_CHAT,
    REFUSED,
    /// Connect failed too often.
    GIVEN_UP
}
