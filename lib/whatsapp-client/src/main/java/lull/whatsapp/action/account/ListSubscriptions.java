package lull.whatsapp.action.account;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Lists the apps that get webhooks of an account, with their own addresses.
final class ListSubscriptions implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "list_subscriptions",
                    ActionCategory.ACCOUNTS,
                    "Lists the apps that get webhooks of an account, with their own addresses.")
            .graph("GET /{account}/subscribed_apps")
            .with(account(), token())
            .example("""
                    {"account":"200000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
