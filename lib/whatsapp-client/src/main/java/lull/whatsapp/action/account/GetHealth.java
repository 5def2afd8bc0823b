package lull.whatsapp.action.account;

import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Reads whether a number, an account or a template can send, and what stops it. It is the best check
/// before a campaign.
final class GetHealth implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_health",
                    ActionCategory.ACCOUNTS,
                    "Reads whether a number, an account or a template can send, and what stops it. It is the best check before a campaign.")
            .graph("GET /{id}")
            .with(id("id", "Id of the number, account or template"), token())
            .example("""
                    {"id":"100000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph().query("fields", "health_status").send();
    }
}
