package lull.whatsapp.action.account;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Ends that the token's app gets webhooks of an account: customers' messages no longer arrive.
final class Unsubscribe implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "unsubscribe",
                    ActionCategory.ACCOUNTS,
                    "Ends that the token's app gets webhooks of an account: customers' messages no longer arrive.")
            .graph("DELETE /{account}/subscribed_apps")
            .repeatable()
            .confirm("Customers' messages no longer arrive")
            .with(account(), token())
            .example("""
                    {"account":"200000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
