package lull.whatsapp.action.payment;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Reads what became of the payment of an order. Its webhook is only a hint.
final class GetPayment implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_payment",
                    ActionCategory.PAYMENTS,
                    "Reads what became of the payment of an order. Its webhook is only a hint.")
            .needs(Permission.MESSAGING)
            .graph("GET /{number}/payments/{configuration}/{reference_id}")
            .with(
                    number(),
                    required(
                            "configuration",
                            text(1, 60, "[A-Za-z0-9_-]+", "letters, digits, _ and -"),
                            "Name of the payment configuration"),
                    required(
                            "reference_id",
                            text(1, 35, "[A-Za-z0-9._-]+", "letters, digits and . _ -"),
                            "Id of the order"))
            .example("""
                    {"number":"100000000000001","configuration":"shop","reference_id":"order-7"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
