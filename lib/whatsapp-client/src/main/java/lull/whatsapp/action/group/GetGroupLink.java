package lull.whatsapp.action.group;

import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Reads the invitation link of a group.
final class GetGroupLink implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_group_link", ActionCategory.GROUPS, "Reads the invitation link of a group.")
            .needs(Permission.MESSAGING)
            .graph("GET /{group}/invite_link")
            .with(GroupParameters.GROUP, token())
            .example("""
                    {"group":"Y2FwaV9ncm91cDox"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
