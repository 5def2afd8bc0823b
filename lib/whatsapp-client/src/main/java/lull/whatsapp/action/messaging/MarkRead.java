package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Marks a message of the last 30 days and all earlier ones as read.
final class MarkRead implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "mark_read",
                    ActionCategory.MESSAGING,
                    "Marks a message of the last 30 days and all earlier ones as read.")
            .needs(Permission.MESSAGING)
            .graph("POST /{number}/messages")
            .social("SendWhatsAppMessage")
            .repeatable()
            .with(number(), required("message_id", text(256), "Id of the customer's message"))
            .example("""
                    {"number":"100000000000001","message_id":"wamid.HBgLMTU1NTAwMDEwMDEVAgASGAA"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph().json(socialRequest(call)).send();
    }

    @Override
    public ObjectNode socialRequest(ActionCall call) {
        return call.members("message_id").put("messaging_product", "whatsapp").put("status", "read");
    }
}
