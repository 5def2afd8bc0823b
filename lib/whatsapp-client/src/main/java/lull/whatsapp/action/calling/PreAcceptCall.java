package lull.whatsapp.action.calling;

import static lull.whatsapp.action.CommonParameters.number;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Prepares the media of a customer's call, so that it begins without delay.
final class PreAcceptCall implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "pre_accept_call",
                    ActionCategory.CALLING,
                    "Prepares the media of a customer's call, so that it begins without delay.")
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
        return call.graph().json(CallParameters.body(call, "pre_accept")).send();
    }
}
