package lull.whatsapp.action.blocking;

import static lull.whatsapp.action.CommonParameters.number;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Blocks customers who have written within 24 hours. At most 64,000 can be blocked.
final class BlockUsers implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "block_users",
                    ActionCategory.BLOCKING,
                    "Blocks customers who have written within 24 hours. At most 64,000 can be blocked.")
            .needs(Permission.MESSAGING)
            .graph("POST /{number}/block_users")
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
