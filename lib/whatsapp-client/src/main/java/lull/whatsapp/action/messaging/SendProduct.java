package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.id;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends a product of the connected catalog.
final class SendProduct implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_product", "Sends a product of the connected catalog.")
            .with(
                    optional("body", text(1_024), "Text"),
                    MessageParts.footer(),
                    required("catalog_id", id(), "Id of the catalog"),
                    required("product_retailer_id", text(100), "Id of the product in the catalog"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","catalog_id":"800000000000001","product_retailer_id":"sku-1"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.interactive(call, "product", call.members("catalog_id", "product_retailer_id"));
    }
}
