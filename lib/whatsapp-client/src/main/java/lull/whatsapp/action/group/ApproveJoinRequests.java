package lull.whatsapp.action.group;

import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Lets people join a group. Some may fail; the answer names them.
final class ApproveJoinRequests implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "approve_group_join_requests",
                    ActionCategory.GROUPS,
                    "Lets people join a group. Some may fail; the answer names them.")
            .needs(Permission.MESSAGING)
            .graph("POST /{group}/join_requests")
            .webhook("group_participants_update")
            .with(GroupParameters.GROUP, token(), GroupParameters.REQUESTS)
            .example("""
                    {"group":"Y2FwaV9ncm91cDox","join_requests":["join-1"]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .json(call.members("join_requests").put("messaging_product", "whatsapp"))
                .send();
    }
}
