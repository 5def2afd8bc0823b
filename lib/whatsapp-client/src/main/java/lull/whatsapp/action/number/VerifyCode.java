package lull.whatsapp.action.number;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Verifies a number by the code that Meta has sent.
final class VerifyCode implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "verify_code", ActionCategory.NUMBERS, "Verifies a number by the code that Meta has sent.")
            .graph("POST /{number}/verify_code")
            .with(number(), required("code", text(6, 7, "[0-9]{3}-?[0-9]{3}", "six digits"), "Code"))
            .example("""
                    {"number":"100000000000001","code":"123456"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph().query("code", call.text("code").replace("-", "")).send();
    }
}
