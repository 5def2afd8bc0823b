package lull.whatsapp.action.number;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.word;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Registers a verified number, so that it can send. It may be registered and deregistered 10 times in
/// 72 hours.
final class RegisterNumber implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "register_number",
                    ActionCategory.NUMBERS,
                    "Registers a verified number, so that it can send. It may be registered and deregistered 10 times in 72 hours.")
            .graph("POST /{number}/register")
            .with(
                    number(),
                    required(
                            "pin",
                            text(6, 6, "[0-9]{6}", "six digits"),
                            "PIN of the two-step verification; it is set if there is none"),
                    optional(
                            "data_localization_region",
                            word("AU", "ID", "IN", "JP", "SG", "KR", "DE", "CH", "GB", "BR", "BH", "ZA", "AE", "CA"),
                            "Country in which data are stored"))
            .example("""
                    {"number":"100000000000001","pin":"123456"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph().productJson().send();
    }
}
