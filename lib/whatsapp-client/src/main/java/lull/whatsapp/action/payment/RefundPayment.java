package lull.whatsapp.action.payment;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.members;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.whole;
import static lull.whatsapp.action.ParameterType.word;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Refunds the payment of an order in part or as a whole; gateways of India only.
final class RefundPayment implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "refund_payment",
                    ActionCategory.PAYMENTS,
                    "Refunds the payment of an order in part or as a whole; gateways of India only.")
            .needs(Permission.MESSAGING)
            .graph("POST /{number}/payments_refund")
            .confirm("Money is paid back")
            .with(
                    number(),
                    required(
                            "reference_id",
                            text(1, 35, "[A-Za-z0-9._-]+", "letters, digits and . _ -"),
                            "Id of the order"),
                    required(
                            "payment_config_id",
                            text(1, 60, "[A-Za-z0-9_-]+", "letters, digits, _ and -"),
                            "Name of the payment configuration"),
                    optional("speed", word("normal", "instant"), "How fast. Default: normal"),
                    required(
                            "amount",
                            members(
                                    required("currency", word("INR"), "Currency"),
                                    required("value", whole(1, 1_000_000_000_000L), "Amount in hundredths"),
                                    required("offset", whole(100, 100), "Always 100")),
                            "Amount"))
            .example("""
                    {"number":"100000000000001","reference_id":"order-7","payment_config_id":"shop","amount":{"currency":"INR","value":53000,"offset":100}}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
