package lull.whatsapp.action.account;

import static lull.whatsapp.action.CommonParameters.number;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Reads the webhook addresses of a number: its own, that of its account and that of the app.
final class GetNumberWebhook implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_number_webhook",
                    ActionCategory.ACCOUNTS,
                    "Reads the webhook addresses of a number: its own, that of its account and that of the app.")
            .graph("GET /{number}")
            .with(number())
            .example("""
                    {"number":"100000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph().query("fields", "webhook_configuration").send();
    }
}
