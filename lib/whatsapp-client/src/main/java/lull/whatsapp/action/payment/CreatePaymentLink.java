package lull.whatsapp.action.payment;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.url;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Creates the address by which a merchant links the gateway of a payment configuration.
final class CreatePaymentLink implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "create_payment_link",
                    ActionCategory.PAYMENTS,
                    "Creates the address by which a merchant links the gateway of a payment configuration.")
            .graph("POST /{account}/generate_payment_configuration_oauth_link")
            .with(
                    account(),
                    token(),
                    required("configuration_name", text(1, 60, "[A-Za-z0-9_-]+", "letters, digits, _ and -"), "Name"),
                    optional("redirect_url", url(2_000), "Address after the set-up"))
            .example("""
                    {"account":"200000000000001","configuration_name":"shop"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
