package lull.whatsapp.action.number;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Asks for another display name, which Meta reviews. Register the number again after it is approved.
final class SetDisplayName implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "set_display_name",
                    ActionCategory.NUMBERS,
                    "Asks for another display name, which Meta reviews. Register the number again after it is approved.")
            .graph("POST /{number}")
            .webhook("phone_number_name_update")
            .confirm("While Meta reviews it, the number shows no other name, and a rejected name can stop it")
            .with(number(), required("new_display_name", text(3, 128), "Name"))
            .example("""
                    {"number":"100000000000001","new_display_name":"Lull Shop"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
