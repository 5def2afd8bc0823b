package lull.whatsapp.action.calling;

import static lull.whatsapp.action.CommonParameters.number;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Ends a call.
final class EndCall implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "end_call", ActionCategory.CALLING, "Ends a call.")
            .needs(Permission.MESSAGING)
            .graph("POST /{number}/calls")
            .webhook("calls")
            .with(number(), CallParameters.CALL)
            .example("""
                    {"number":"100000000000001","call_id":"wacid.1"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph().json(CallParameters.body(call, "terminate")).send();
    }
}
