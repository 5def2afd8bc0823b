package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.function.Consumer;
import lull.standins.http.Json;

/// Webhooks about what happens to templates, numbers and customers, other than messages and their statuses: each in the
/// field that WhatsApp uses for it.
final class LifecycleWebhooks {
    private final InstantSource clock;
    private final Consumer<ObjectNode> webhooks;

    /// @param webhooks sends each of them
    LifecycleWebhooks(InstantSource clock, Consumer<ObjectNode> webhooks) {
        this.clock = clock;
        this.webhooks = webhooks;
    }

    /// A template has another status.
    void templateStatus(String account, ObjectNode template) {
        String status = template.path("status").asText();
        ObjectNode value = Json.object()
                .put("event", status)
                .put("message_template_id", template.path("id").asLong())
                .put("message_template_name", template.path("name").asText())
                .put("message_template_language", template.path("language").asText())
                .put("message_template_category", template.path("category").asText())
                .put("reason", template.path("rejected_reason").asText("NONE"));
        send(account, "message_template_status_update", value);
    }

    /// A number has another quality.
    ///
    /// @param event such as `FLAGGED` or `UNFLAGGED`
    void quality(String event) {
        ObjectNode value = Json.object()
                .put("display_phone_number", WebhookBodies.DISPLAY_NUMBER)
                .put("event", event)
                .put("current_limit", "TIER_1K");
        send(WebhookBodies.ACCOUNT_ID, "phone_number_quality_update", value);
    }

    /// A customer has called, and nobody has answered.
    void missedCall(String number, String customer, String call) {
        String at = Long.toString(clock.instant().getEpochSecond());
        ObjectNode value = messaging(number);
        contact(value, customer);
        value.putArray("calls")
                .addObject()
                .put("id", call)
                .put("from", customer)
                .put("to", WebhookBodies.DISPLAY_NUMBER)
                .put("event", "terminate")
                .put("direction", "USER_INITIATED")
                .put("timestamp", at)
                .put("status", "FAILED");
        send(WebhookBodies.ACCOUNT_ID, "calls", value);
    }

    /// A customer wants no marketing messages any more, or wants them again.
    ///
    /// @param wish `stop` or `resume`
    void marketing(String number, String customer, String wish) {
        ObjectNode value = messaging(number);
        contact(value, customer);
        value.putArray("user_preferences")
                .addObject()
                .put("wa_id", customer)
                .put("detail", "User requested to " + wish + " marketing messages")
                .put("category", "marketing_messages")
                .put("value", wish)
                .put("timestamp", clock.instant().getEpochSecond());
        send(WebhookBodies.ACCOUNT_ID, "user_preferences", value);
    }

    private static ObjectNode messaging(String number) {
        ObjectNode value = Json.object().put("messaging_product", "whatsapp");
        value.putObject("metadata")
                .put("display_phone_number", WebhookBodies.DISPLAY_NUMBER)
                .put("phone_number_id", number);
        return value;
    }

    private static void contact(ObjectNode value, String customer) {
        value.putArray("contacts")
                .addObject()
                .put("wa_id", customer)
                .putObject("profile")
                .put("name", "Customer " + customer);
    }

    private void send(String account, String field, ObjectNode value) {
        ObjectNode webhook = Json.object().put("object", "whatsapp_business_account");
        ObjectNode entry = webhook.putArray("entry")
                .addObject()
                .put("id", account)
                .put("time", clock.instant().getEpochSecond());
        entry.putArray("changes").addObject().put("field", field).set("value", value);
        webhooks.accept(webhook);
    }
}
