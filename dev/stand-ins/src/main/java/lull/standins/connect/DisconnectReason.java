package lull.standins.connect;

/// Why a chat ended, in Amazon's words.
enum DisconnectReason {
    AGENT_DISCONNECT,
    CUSTOMER_DISCONNECT,
    CUSTOMER_CONNECTION_NOT_ESTABLISHED,
    EXPIRED,
    CONTACT_FLOW_DISCONNECT,
    API
}
