package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends a button that opens the connected catalog.
final class SendCatalog implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_catalog", "Sends a button that opens the connected catalog.")
            .with(
                    MessageParts.body(),
                    MessageParts.footer(),
                    optional("thumbnail_product_retailer_id", text(100), "Product whose picture is shown"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","body":"Everything that we sell"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.interactive(
                call,
                "catalog_message",
                MessageAction.named(call, "catalog_message", call.members("thumbnail_product_retailer_id")));
    }
}
