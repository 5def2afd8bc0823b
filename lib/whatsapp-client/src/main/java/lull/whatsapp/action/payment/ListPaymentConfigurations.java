package lull.whatsapp.action.payment;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Lists the payment configurations of an account.
final class ListPaymentConfigurations implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "list_payment_configurations",
                    ActionCategory.PAYMENTS,
                    "Lists the payment configurations of an account.")
            .graph("GET /{account}/payment_configurations")
            .with(account(), token())
            .example("""
                    {"account":"200000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
