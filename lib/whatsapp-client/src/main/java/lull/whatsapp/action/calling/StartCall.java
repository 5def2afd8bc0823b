package lull.whatsapp.action.calling;

import static lull.whatsapp.action.ActionRule.exactlyOne;
import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Calls a customer who has permitted it. Not in every country.
final class StartCall implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "start_call",
                    ActionCategory.CALLING,
                    "Calls a customer who has permitted it. Not in every country.")
            .needs(Permission.MESSAGING)
            .graph("POST /{number}/calls")
            .webhook("calls")
            .with(
                    number(),
                    optional("to", text(5, 20, "[0-9]+", "digits"), "Customer, by phone number"),
                    optional("recipient", text(4, 140), "Customer, by user id"),
                    required("sdp", text(20, 20_000, "(?s)v=0.*", "an offer that begins with v=0"), "Offer of WebRTC"),
                    optional("biz_opaque_callback_data", text(512), "Text that webhooks of the call repeat"))
            .rule(exactlyOne("to", "recipient"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","sdp":"v=0\\r\\no=- 1 2 IN IP4 127.0.0.1\\r\\n"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        ObjectNode body = call.members("to", "recipient", "biz_opaque_callback_data")
                .put("messaging_product", "whatsapp")
                .put("action", "connect");
        body.putObject("session").put("sdp_type", "offer").put("sdp", call.text("sdp"));
        return call.graph().json(body).send();
    }
}
