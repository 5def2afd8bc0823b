package lull.whatsapp.action.number;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Adds a phone number to an account. Then verify it by request_code and verify_code, and register it.
final class AddNumber implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "add_number",
                    ActionCategory.NUMBERS,
                    "Adds a phone number to an account. Then verify it by request_code and verify_code, and register it.")
            .graph("POST /{account}/phone_numbers")
            .with(
                    account(),
                    token(),
                    required("cc", text(1, 4, "[0-9]+", "digits"), "Country code"),
                    required("phone_number", text(4, 15, "[0-9]+", "digits"), "Number without the country code"),
                    required("verified_name", text(3, 128), "Display name"))
            .example("""
                    {"account":"200000000000001","cc":"49","phone_number":"3012345678","verified_name":"Lull"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
