package lull.whatsapp.action.blocking;

import static lull.whatsapp.action.CommonParameters.number;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Ends that customers are blocked.
final class UnblockUsers implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "unblock_users", ActionCategory.BLOCKING, "Ends that customers are blocked.")
            .needs(Permission.MESSAGING)
            .graph("DELETE /{number}/block_users")
            .repeatable()
            .with(number(), UserList.parameter())
            .example("""
                    {"number":"100000000000001","users":["15550001001"]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph().json(UserList.body(call)).send();
    }
}
