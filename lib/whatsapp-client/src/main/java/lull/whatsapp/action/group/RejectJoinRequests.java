package lull.whatsapp.action.group;

import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Refuses people who want to join a group.
final class RejectJoinRequests implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "reject_group_join_requests", ActionCategory.GROUPS, "Refuses people who want to join a group.")
            .needs(Permission.MESSAGING)
            .graph("DELETE /{group}/join_requests")
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
