package lull.archive.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Conversation as the archive shows it. Immutable.
///
/// @param unread the customer's messages after the last reply, and after the conversation was marked as read
/// @param archived whether it was archived, and the customer has not written since
record ConversationView(
        String conversation,
        String businessNumber,
        String customer,
        @Nullable String name,
        @Nullable String username,
        @Nullable String phone,
        @Nullable String userId,
        Instant lastActivityAt,
        @Nullable Instant lastInboundAt,
        @Nullable Instant lastOutboundAt,
        int unread,
        boolean archived,
        @Nullable Instant archivedAt,
        @Nullable String archivedBy) {

    @Override
    public String toString() {
        return "ConversationView[]";
    }
}
