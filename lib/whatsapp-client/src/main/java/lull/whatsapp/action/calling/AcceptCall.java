package lull.whatsapp.action.calling;

import static lull.whatsapp.action.CommonParameters.number;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Accepts a customer's call, within 30 to 60 seconds of its webhook.
final class AcceptCall implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "accept_call",
                    ActionCategory.CALLING,
                    "Accepts a customer's call, within 30 to 60 seconds of its webhook.")
            .needs(Permission.MESSAGING)
            .graph("POST /{number}/calls")
            .with(number(), CallParameters.CALL, CallParameters.ANSWER)
            .example("""
                    {"number":"100000000000001","call_id":"wacid.1","sdp":"v=0\\r\\no=- 1 2 IN IP4 127.0.0.1\\r\\n"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph().json(CallParameters.body(call, "accept")).send();
    }
}
