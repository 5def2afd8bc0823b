package lull.whatsapp.action.number;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Sets the PIN of the two-step verification. Meta has no API to switch it off. Lull neither stores nor
/// logs it.
final class SetPin implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "set_pin",
                    ActionCategory.NUMBERS,
                    "Sets the PIN of the two-step verification. Meta has no API to switch it off. Lull neither stores nor logs it.")
            .graph("POST /{number}")
            .repeatable()
            .with(number(), required("pin", text(6, 6, "[0-9]{6}", "six digits"), "PIN"))
            .example("""
                    {"number":"100000000000001","pin":"654321"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
