package lull.whatsapp.action.group;

import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Replaces the invitation link of a group. The old one stops working.
final class ResetGroupLink implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "reset_group_link",
                    ActionCategory.GROUPS,
                    "Replaces the invitation link of a group. The old one stops working.")
            .needs(Permission.MESSAGING)
            .graph("POST /{group}/invite_link")
            .confirm("Links that people already have stop working")
            .with(GroupParameters.GROUP, token())
            .example("""
                    {"group":"Y2FwaV9ncm91cDox"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .json(call.object().put("messaging_product", "whatsapp"))
                .send();
    }
}
