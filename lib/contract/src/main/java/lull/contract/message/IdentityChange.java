package lull.contract.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Change of a customer's ids reported by a system message: the phone number, the user id or both have
/// changed. Source: WhatsApp's webhook reference, `messages` of type `system`: `user_changed_number`
/// and `user_changed_user_id`. Immutable.
///
/// @param oldPhone the phone number before; absent if the message does not come from one
/// @param newPhone absent if WhatsApp does not give it
/// @param oldUserId the user id before
/// @param newUserId absent if WhatsApp does not give it
/// @param oldParentUserId the user id of the linked portfolio before
/// @param newParentUserId the same after
public record IdentityChange(
        @Nullable String oldPhone,
        @Nullable String newPhone,
        @Nullable String oldUserId,
        @Nullable String newUserId,
        @Nullable String oldParentUserId,
        @Nullable String newParentUserId) {

    /// Reads a message object; empty if it changes no id.
    public static Optional<IdentityChange> of(JsonNode message) {
        JsonNode notice = message.path("system");
        if (!message.path("type").asText().equals("system") || !notice.isObject()) {
            return Optional.empty();
        }
        // In older versions the notice, too, names the number before.
        Optional<String> oldPhone = Fields.text(message, "from").or(() -> Fields.text(notice, "customer"));
        String newPhone = changed(Fields.text(notice, "wa_id").or(() -> Fields.text(notice, "new_wa_id")), oldPhone);
        String oldUserId = Fields.text(notice, "previous_user_id")
                .or(() -> Fields.text(message, "from_user_id"))
                .orElse(null);
        String newUserId = changed(Fields.text(notice, "user_id"), Optional.ofNullable(oldUserId));
        String oldParent = Fields.text(notice, "previous_parent_user_id")
                .or(() -> Fields.text(message, "from_parent_user_id"))
                .orElse(null);
        String newParent = changed(Fields.text(notice, "parent_user_id"), Optional.ofNullable(oldParent));
        return newPhone == null && newUserId == null
                ? Optional.empty()
                : Optional.of(new IdentityChange(
                        oldPhone.orElse(null), newPhone, oldUserId, newUserId, oldParent, newParent));
    }

    private static @Nullable String changed(Optional<String> now, Optional<String> before) {
        return now.filter(id -> !id.isBlank() && !Optional.of(id).equals(before))
                .orElse(null);
    }

    @Override
    public String toString() {
        return "IdentityChange[phone " + (newPhone != null) + ", user id " + (newUserId != null) + "]";
    }
}
