package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import lull.standins.http.Json;

/// Writer of the webhooks of one business account.
final class WebhookBodies {
    static final String ACCOUNT_ID = "102290129340398";
    static final String DISPLAY_NUMBER = "15550783881";

    private WebhookBodies() {}

    /// A status of a message that was sent.
    static ObjectNode status(String wamid, SendRequest message, String status, Instant at) {
        ObjectNode json = Json.object()
                .put("id", wamid)
                .put("status", status)
                .put("timestamp", Long.toString(at.getEpochSecond()))
                .put(message.toUserId() ? "recipient_user_id" : "recipient_id", message.waId());
        if (!message.opaque().isEmpty()) {
            json.put("biz_opaque_callback_data", message.opaque());
        }
        return json;
    }

    /// The status of a message that could not be delivered.
    static ObjectNode failed(String wamid, SendRequest message, int code, String title, Instant at) {
        ObjectNode json = status(wamid, message, "failed", at);
        ObjectNode error = json.putArray("errors").addObject().put("code", code).put("title", title);
        error.put("message", title).putObject("error_data").put("details", title);
        return json;
    }

    static ObjectNode withStatus(String phoneNumberId, ObjectNode status) {
        ObjectNode webhook = envelope(phoneNumberId);
        value(webhook).putArray("statuses").add(status);
        return webhook;
    }

    /// A text that the customer wrote.
    static ObjectNode withText(
            String phoneNumberId, String customer, String name, String wamid, String text, Instant at) {
        ObjectNode webhook = envelope(phoneNumberId);
        ObjectNode value = value(webhook);
        ObjectNode contact = value.putArray("contacts").addObject().put("wa_id", customer);
        contact.putObject("profile").put("name", name);
        ObjectNode message = value.putArray("messages")
                .addObject()
                .put("from", customer)
                .put("id", wamid)
                .put("timestamp", Long.toString(at.getEpochSecond()))
                .put("type", "text");
        message.putObject("text").put("body", text);
        return webhook;
    }

    private static ObjectNode envelope(String phoneNumberId) {
        ObjectNode webhook = Json.object().put("object", "whatsapp_business_account");
        ObjectNode change = webhook.putArray("entry")
                .addObject()
                .put("id", ACCOUNT_ID)
                .putArray("changes")
                .addObject();
        change.putObject("value")
                .put("messaging_product", "whatsapp")
                .putObject("metadata")
                .put("display_phone_number", DISPLAY_NUMBER)
                .put("phone_number_id", phoneNumberId);
        change.put("field", "messages");
        return webhook;
    }

    private static ObjectNode value(ObjectNode webhook) {
        return (ObjectNode) webhook.at("/entry/0/changes/0/value");
    }
}
