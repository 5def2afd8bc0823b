package lull.whatsapp.action.payment;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Deletes a payment configuration.
final class DeletePaymentConfiguration implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "delete_payment_configuration", ActionCategory.PAYMENTS, "Deletes a payment configuration.")
            .graph("DELETE /{account}/payment_configuration")
            .confirm("Orders with this configuration can no longer be paid")
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
