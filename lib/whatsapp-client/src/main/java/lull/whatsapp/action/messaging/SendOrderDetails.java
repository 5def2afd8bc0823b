package lull.whatsapp.action.messaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Asks for the payment of an order; India and Brazil only.
final class SendOrderDetails implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_order_details", "Asks for the payment of an order; India and Brazil only.")
            .with(MessageParts.header(), MessageParts.body(), MessageParts.footer())
            .with(OrderParts.details())
            .rule(OrderParts.subtotalRule())
            .rule(OrderParts.totalRule())
            .rule(MessageParts.headerRule())
            .example("""
                    {"number":"100000000000001","to":"15550001001","body":"Your order","reference_id":"order-7","type":"physical-goods","currency":"INR","payment_settings":[{"type":"payment_gateway","payment_gateway":{"type":"razorpay","configuration_name":"shop"}}],"items":[{"retailer_id":"sku-1","name":"Beans","amount":{"value":25000,"offset":100},"quantity":2}],"subtotal":50000,"tax":2500,"shipping":1000,"discount":500,"total":53000}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.interactive(
                call, "order_details", MessageAction.named(call, "review_and_pay", OrderParts.parameters(call)));
    }
}
