package lull.standins.connect;

/// A timer of a chat, as UpdateParticipantRoleConfig names it. The stand-in records timers and never runs them.
record ParticipantTimer(Role role, Type type) {

    enum Role {
        CUSTOMER,
        AGENT
    }

    enum Type {
        IDLE,
        DISCONNECT_NONCUSTOMER
    }

    /// What is done to a timer instead of giving it a duration; the name is Amazon's.
    enum Action {
        Unset
    }
}
