package lull.whatsapp.action.blocking;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.CommonParameters.page;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Lists the customers that are blocked.
final class ListBlockedUsers implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "list_blocked_users", ActionCategory.BLOCKING, "Lists the customers that are blocked.")
            .needs(Permission.MESSAGING)
            .graph("GET /{number}/block_users")
            .with(number())
            .with(page())
            .example("""
                    {"number":"100000000000001","limit":100}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
