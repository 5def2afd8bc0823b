package lull.contract.chat;

import org.jspecify.annotations.Nullable;

/// Role of a participant of an Amazon Connect chat. Records keep Amazon's own word, so that a new role
/// is not lost.
public enum ParticipantRole {
    CUSTOMER,
    AGENT,
    SUPERVISOR,
    SYSTEM,
    CUSTOM_BOT,
    /// No role, or one that Lull does not know.
    OTHER;

    /// Returns the role for Amazon's word.
    public static ParticipantRole of(@Nullable String word) {
        for (ParticipantRole role : values()) {
            if (role != OTHER && role.name().equals(word)) {
                return role;
            }
        }
        return OTHER;
    }

    /// Whether it is a person who answers customers and reads notes.
    public boolean isStaff() {
        return this == AGENT || this == SUPERVISOR;
    }
}
