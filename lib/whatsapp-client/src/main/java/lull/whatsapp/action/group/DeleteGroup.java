package lull.whatsapp.action.group;

import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Deletes a group with all its participants.
final class DeleteGroup implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "delete_group", ActionCategory.GROUPS, "Deletes a group with all its participants.")
            .needs(Permission.MESSAGING)
            .graph("DELETE /{group}")
            .webhook("group_lifecycle_update")
            .confirm("The group and its participants are gone")
            .with(GroupParameters.GROUP, token())
            .example("""
                    {"group":"Y2FwaV9ncm91cDox"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
