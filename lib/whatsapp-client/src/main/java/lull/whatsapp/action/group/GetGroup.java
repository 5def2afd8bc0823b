package lull.whatsapp.action.group;

import static lull.whatsapp.action.CommonParameters.fields;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Reads a group with its participants.
final class GetGroup implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_group", ActionCategory.GROUPS, "Reads a group with its participants.")
            .needs(Permission.MESSAGING)
            .graph("GET /{group}")
            .with(GroupParameters.GROUP, token(), fields())
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
                .fields(
                        "subject,description,participants,total_participant_count,suspended,creation_timestamp,join_approval_mode")
                .send();
    }
}
