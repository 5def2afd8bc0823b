package lull.whatsapp.action.group;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.CommonParameters.page;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Lists the groups of a number.
final class ListGroups implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "list_groups", ActionCategory.GROUPS, "Lists the groups of a number.")
            .needs(Permission.MESSAGING)
            .graph("GET /{number}/groups")
            .with(number())
            .with(page())
            .example("""
                    {"number":"100000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
