package lull.standins.connect;

/// Somebody who takes part in a chat.
record Participant(String id, String displayName, Role role) {
    enum Role {
        CUSTOMER,
        AGENT,
        SUPERVISOR,
        SYSTEM
    }
}
