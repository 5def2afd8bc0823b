package lull.whatsapp.action.number;

import static lull.whatsapp.action.CommonParameters.number;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Reads how many customers the portfolio of a number may write to first in 24 hours. Needs v24.0.
final class GetMessagingLimit implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_messaging_limit",
                    ActionCategory.NUMBERS,
                    "Reads how many customers the portfolio of a number may write to first in 24 hours. Needs v24.0.")
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
        return call.graph()
                .query("fields", "whatsapp_business_manager_messaging_limit")
                .send();
    }
}
