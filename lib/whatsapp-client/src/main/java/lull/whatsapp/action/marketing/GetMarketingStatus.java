package lull.whatsapp.action.marketing;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Reads whether an account may use the marketing messages API.
final class GetMarketingStatus implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_marketing_status",
                    ActionCategory.MARKETING,
                    "Reads whether an account may use the marketing messages API.")
            .graph("GET /{account}")
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
                .query("fields", "marketing_messages_onboarding_status")
                .send();
    }
}
