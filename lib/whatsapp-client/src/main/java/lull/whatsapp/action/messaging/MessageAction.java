package lull.whatsapp.action.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.ActionRule;
import lull.whatsapp.action.CommonParameters;
import lull.whatsapp.action.Parameter;
import lull.whatsapp.action.ParameterType;
import lull.whatsapp.action.Permission;

/// Action that sends a message. An implementation describes its content, which both providers accept in the same form.
interface MessageAction extends Action {

    /// Begins the description of a message, with the parameters that every message has.
    static ActionDescriptor.Builder described(String name, String description) {
        return ActionDescriptor.changes(name, ActionCategory.MESSAGING, description)
                .needs(Permission.MESSAGING)
                .graph("POST /{number}/messages")
                .social("SendWhatsAppMessage")
                .webhook("messages")
                .with(
                        CommonParameters.number(),
                        Parameter.optional(
                                "to",
                                ParameterType.text(5, 21, "\\+?[0-9]{5,20}", "a phone number with country code"),
                                "Customer, by phone number"),
                        Parameter.optional(
                                "recipient",
                                ParameterType.text(4, 140, "[A-Z]{2}\\.(?:ENT\\.)?[A-Za-z0-9]{1,128}", "CC.id"),
                                "Customer, by WhatsApp's user id"),
                        Parameter.optional("group", ParameterType.text(1, 128), "Group, by its id"),
                        Parameter.optional("reply_to", ParameterType.text(1, 256), "Id of the message that is quoted"),
                        Parameter.optional(
                                "biz_opaque_callback_data",
                                ParameterType.text(MessageParts.LONGEST_OPAQUE),
                                "Text that the statuses of the message repeat"),
                        Parameter.optional(
                                "recipient_identity_key_hash",
                                ParameterType.text(1, 128),
                                "Hash of the customer's identity; another identity is refused with 137000"))
                .rule(ActionRule.exactlyOne("to", "recipient", "group"));
    }

    /// Returns the message: `type`, and an object of that name.
    ObjectNode content(ActionCall call);

    @Override
    default ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph().json(body(call)).send();
    }

    @Override
    default ObjectNode socialRequest(ActionCall call) {
        return body(call);
    }

    private ObjectNode body(ActionCall call) {
        ObjectNode body = call.object()
                .put("messaging_product", "whatsapp")
                .put("recipient_type", call.has("group") ? "group" : "individual");
        body.setAll(call.members("to", "recipient", "biz_opaque_callback_data", "recipient_identity_key_hash"));
        if (call.has("group")) {
            body.put("to", call.text("group"));
        }
        body.setAll(content(call));
        if (call.has("reply_to") && !body.path("type").asText().equals("reaction")) {
            body.putObject("context").put("message_id", call.text("reply_to"));
        }
        return body;
    }

    /// Returns a message of a type with this object.
    static ObjectNode message(ActionCall call, String type, JsonNode object) {
        ObjectNode message = call.object().put("type", type);
        message.set(type, object);
        return message;
    }

    /// Returns an interactive message with the header, body and footer that were given.
    ///
    /// @param action what the customer can do
    static ObjectNode interactive(ActionCall call, String type, ObjectNode action) {
        ObjectNode interactive = call.object().put("type", type);
        if (call.has("header")) {
            interactive.set("header", call.value("header"));
        }
        if (call.has("body")) {
            interactive.putObject("body").put("text", call.text("body"));
        }
        if (call.has("footer")) {
            interactive.putObject("footer").put("text", call.text("footer"));
        }
        interactive.set("action", action);
        return message(call, "interactive", interactive);
    }

    /// Returns an action of an interactive message with parameters.
    static ObjectNode named(ActionCall call, String name, ObjectNode parameters) {
        ObjectNode action = call.object().put("name", name);
        if (!parameters.isEmpty()) {
            action.set("parameters", parameters);
        }
        return action;
    }
}
