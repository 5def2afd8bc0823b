package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.word;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Reports the status of an order. completed and canceled are final.
final class SendOrderStatus implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_order_status", "Reports the status of an order. completed and canceled are final.")
            .with(
                    MessageParts.body(),
                    MessageParts.footer(),
                    required(
                            "reference_id",
                            text(1, 35, "[A-Za-z0-9._-]+", "letters, digits and . _ -"),
                            "Id of the order"),
                    required(
                            "status",
                            word("pending", "processing", "partially-shipped", "shipped", "completed", "canceled"),
                            "Status"),
                    optional("description", text(120), "More about it"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","body":"It is on its way","reference_id":"order-7","status":"shipped"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        ObjectNode parameters = call.members("reference_id");
        parameters.set("order", call.members("status", "description"));
        return MessageAction.interactive(call, "order_status", MessageAction.named(call, "review_order", parameters));
    }
}
