package lull.whatsapp.action.analytics;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Switches the analytics of templates on for an account.
final class EnableInsights implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "enable_insights",
                    ActionCategory.ANALYTICS,
                    "Switches the analytics of templates on for an account.")
            .graph("POST /{account}")
            .repeatable()
            .confirm("Analytics of templates cannot be switched off again")
            .with(account(), token())
            .example("""
                    {"account":"200000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .query("is_enabled_for_insights", "true")
                .json(call.object().put("is_enabled_for_insights", true))
                .send();
    }
}
