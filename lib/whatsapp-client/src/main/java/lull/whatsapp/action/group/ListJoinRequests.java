package lull.whatsapp.action.group;

import static lull.whatsapp.action.CommonParameters.page;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Lists who wants to join a group.
final class ListJoinRequests implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "list_group_join_requests", ActionCategory.GROUPS, "Lists who wants to join a group.")
            .needs(Permission.MESSAGING)
            .graph("GET /{group}/join_requests")
            .with(GroupParameters.GROUP, token())
            .with(page())
            .example("""
                    {"group":"Y2FwaV9ncm91cDox"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
