package lull.whatsapp.action.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionRule;
import lull.whatsapp.action.Parameter;
import lull.whatsapp.action.ParameterType;

/// Parameters of an order. Amounts are whole numbers of hundredths, and WhatsApp checks the sums.
final class OrderParts {

    private static final ParameterType AMOUNT = ParameterType.members(
            Parameter.required("value", ParameterType.whole(0, 1_000_000_000_000L), "Amount in hundredths"),
            Parameter.required("offset", ParameterType.whole(100, 100), "Always 100"));

    private static final ParameterType SUM = ParameterType.whole(0, 1_000_000_000_000L);

    private OrderParts() {}

    static Parameter[] details() {
        return new Parameter[] {
            Parameter.required(
                    "reference_id",
                    ParameterType.text(1, 35, "[A-Za-z0-9._-]+", "letters, digits and . _ -"),
                    "Id of the order, unique for the business"),
            Parameter.required("type", ParameterType.word("digital-goods", "physical-goods"), "What is sold"),
            Parameter.required("currency", ParameterType.word("INR", "BRL"), "Currency"),
            Parameter.optional("payment_type", ParameterType.word("br"), "Needed in Brazil"),
            Parameter.required(
                    "payment_settings",
                    ParameterType.list(ParameterType.object(), 1, 10),
                    "Ways to pay, in WhatsApp's form"),
            Parameter.required(
                    "items",
                    ParameterType.list(
                            ParameterType.members(
                                    Parameter.required("retailer_id", ParameterType.text(100), "Id of the product"),
                                    Parameter.required("name", ParameterType.text(60), "Name"),
                                    Parameter.required("amount", AMOUNT, "Price of one"),
                                    Parameter.optional("sale_amount", AMOUNT, "Reduced price of one"),
                                    Parameter.required("quantity", ParameterType.whole(1, 100_000), "How many")),
                            1,
                            999),
                    "What is ordered"),
            Parameter.required("subtotal", SUM, "Sum of the items, in hundredths"),
            Parameter.required("tax", SUM, "Tax, in hundredths"),
            Parameter.optional("shipping", SUM, "Shipping, in hundredths"),
            Parameter.optional("discount", SUM, "Discount, in hundredths"),
            Parameter.required("total", SUM, "Total, in hundredths")
        };
    }

    static ActionRule subtotalRule() {
        return ActionRule.holds("subtotal must be the sum of sale_amount or amount times quantity of items", given -> {
            long sum = 0;
            for (JsonNode item : given.path("items")) {
                JsonNode price = item.path(item.hasNonNull("sale_amount") ? "sale_amount" : "amount");
                sum += price.path("value").asLong() * item.path("quantity").asLong();
            }
            return sum == given.path("subtotal").asLong();
        });
    }

    static ActionRule totalRule() {
        return ActionRule.holds(
                "total must be subtotal + tax + shipping - discount",
                given -> given.path("total").asLong()
                        == given.path("subtotal").asLong()
                                + given.path("tax").asLong()
                                + given.path("shipping").asLong()
                                - given.path("discount").asLong());
    }

    /// Returns the parameters of the message.
    static ObjectNode parameters(ActionCall call) {
        ObjectNode parameters = call.members("reference_id", "type", "payment_type", "payment_settings", "currency");
        parameters.set("total_amount", amount(call, "total"));
        ObjectNode order = call.object().put("status", "pending");
        order.setAll(call.members("items"));
        for (String sum : new String[] {"subtotal", "tax", "shipping", "discount"}) {
            if (call.has(sum)) {
                order.set(sum, amount(call, sum));
            }
        }
        parameters.set("order", order);
        return parameters;
    }

    private static ObjectNode amount(ActionCall call, String name) {
        return call.object().put("value", call.value(name).asLong()).put("offset", 100);
    }
}
