package lull.whatsapp.action.payment;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Reads a payment configuration.
final class GetPaymentConfiguration implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_payment_configuration", ActionCategory.PAYMENTS, "Reads a payment configuration.")
            .graph("GET /{account}/payment_configuration/{configuration_name}")
            .with(
                    account(),
                    token(),
                    required("configuration_name", text(1, 60, "[A-Za-z0-9_-]+", "letters, digits, _ and -"), "Name"))
            .example("""
                    {"account":"200000000000001","configuration_name":"shop"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
