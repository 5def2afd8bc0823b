package lull.whatsapp.action.payment;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.url;
import static lull.whatsapp.action.ParameterType.word;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Creates a payment configuration for a gateway of India.
final class CreatePaymentConfiguration implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "create_payment_configuration",
                    ActionCategory.PAYMENTS,
                    "Creates a payment configuration for a gateway of India.")
            .graph("POST /{account}/payment_configuration")
            .webhook("payment_configuration_update")
            .with(
                    account(),
                    token(),
                    required("configuration_name", text(1, 60, "[A-Za-z0-9_-]+", "letters, digits, _ and -"), "Name"),
                    required("provider_name", word("billdesk", "payu", "razorpay", "zaakpay", "upi_vpa"), "Gateway"),
                    optional("purpose_code", text(1, 4, "[0-9]+", "digits"), "Purpose"),
                    optional("merchant_category_code", text(4, 4, "[0-9]+", "digits"), "Category of the merchant"),
                    optional("redirect_url", url(2_000), "Address after the set-up"),
                    optional("merchant_vpa", text(100), "UPI address"))
            .example("""
                    {"account":"200000000000001","configuration_name":"shop","provider_name":"razorpay","purpose_code":"00","merchant_category_code":"5499","redirect_url":"https://example.com/done"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
