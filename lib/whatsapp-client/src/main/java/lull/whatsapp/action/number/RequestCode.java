package lull.whatsapp.action.number;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.word;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Has Meta send a verification code to a number.
final class RequestCode implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "request_code", ActionCategory.NUMBERS, "Has Meta send a verification code to a number.")
            .graph("POST /{number}/request_code")
            .with(
                    number(),
                    required("code_method", word("SMS", "VOICE"), "How the code is sent"),
                    required("language", text(2, 10), "Language, such as en"))
            .example("""
                    {"number":"100000000000001","code_method":"SMS","language":"en"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph().queryOf("code_method", "language").send();
    }
}
