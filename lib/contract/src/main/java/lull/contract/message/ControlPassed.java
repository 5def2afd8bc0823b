package lull.contract.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import lull.contract.json.Timestamps;
import org.jspecify.annotations.Nullable;

/// Who answers a customer from now on, of the field `messaging_handovers`: Meta Business Agent, or
/// whoever else receives the number's webhooks. Immutable.
///
/// @param businessNumber the phone number id
/// @param displayPhoneNumber the number as people write it; absent if WhatsApp does not say
/// @param phone the customer's phone number; absent if there is only a user id
/// @param userId the customer's user id; absent if WhatsApp gave none
/// @param at when it was passed; absent if WhatsApp does not say
/// @param fromRole WhatsApp's word for who answered before; empty if it gave none
/// @param toRole WhatsApp's word for who answers now; empty if it gave none
/// @param reason why, in words; absent if there is none
/// @param summary of what the customer and the agent of Meta wrote; absent if there is none
public record ControlPassed(
        String businessNumber,
        @Nullable String displayPhoneNumber,
        @Nullable String phone,
        @Nullable String userId,
        @Nullable Instant at,
        String fromRole,
        String toRole,
        @Nullable String reason,
        @Nullable String summary) {

    /// WhatsApp's name of the field.
    public static final String FIELD = "messaging_handovers";

    private static final String TYPE = "control_passed";
    private static final String META_BUSINESS_AGENT = "ai_agent";

    /// Returns what a value of the field says; empty if it is of another type, or names no number or
    /// customer.
    public static Optional<ControlPassed> of(JsonNode value) {
        JsonNode passed = value.path(TYPE);
        Optional<String> number = id(value.path("recipient"), "phone_number_id");
        Optional<String> phone = id(value.path("sender"), "phone_number");
        Optional<String> userId = id(value.path("sender"), "user_id");
        if (!passed.isObject() || number.isEmpty() || (phone.isEmpty() && userId.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new ControlPassed(
                number.get(),
                Fields.text(value.path("recipient"), "display_phone_number").orElse(null),
                phone.orElse(null),
                userId.orElse(null),
                Fields.text(value, "timestamp")
                        .flatMap(Timestamps::ofEpochSecond)
                        .orElse(null),
                Fields.text(passed, "previous_owner_role").orElse(""),
                Fields.text(passed, "new_owner_role").orElse(""),
                Fields.text(passed, "metadata").orElse(null),
                Fields.text(passed.path("conversation_context").path("summary"), "text")
                        .orElse(null)));
    }

    private static Optional<String> id(JsonNode of, String member) {
        return Fields.text(of, member).filter(id -> !id.isBlank());
    }

    /// Whether Meta Business Agent answers from now on.
    public boolean isToMetaBusinessAgent() {
        return toRole.equals(META_BUSINESS_AGENT);
    }

    /// Whether Meta Business Agent has answered, and leaves the customer to the business.
    public boolean isTakeOver() {
        return fromRole.equals(META_BUSINESS_AGENT) && !toRole.isEmpty() && !isToMetaBusinessAgent();
    }

    @Override
    public String toString() {
        return "ControlPassed[" + fromRole + " to " + toRole + "]";
    }
}
