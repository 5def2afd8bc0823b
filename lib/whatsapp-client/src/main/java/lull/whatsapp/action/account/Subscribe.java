package lull.whatsapp.action.account;

import static lull.whatsapp.action.ActionRule.holds;
import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.url;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Subscribes the token's app to the webhooks of an account. Without an address, webhooks go to that of
/// the app.
final class Subscribe implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "subscribe",
                    ActionCategory.ACCOUNTS,
                    "Subscribes the token's app to the webhooks of an account. Without an address, webhooks go to that of the app.")
            .graph("POST /{account}/subscribed_apps")
            .repeatable()
            .with(
                    account(),
                    token(),
                    optional("override_callback_uri", url(200), "Address for webhooks of messages of this account"),
                    optional("verify_token", text(255), "Verify token of that address"))
            .rule(holds(
                    "override_callback_uri and verify_token must be given together",
                    given -> given.hasNonNull("override_callback_uri") == given.hasNonNull("verify_token")))
            .example("""
                    {"account":"200000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
