package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.ActionRule.holds;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.id;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.members;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.word;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends up to 30 products of the connected catalog, in up to ten sections.
final class SendProductList implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_product_list", "Sends up to 30 products of the connected catalog, in up to ten sections.")
            .with(
                    required(
                            "header",
                            members(required("type", word("text"), "Kind"), required("text", text(60), "Text")),
                            "Header above the text"),
                    MessageParts.body(),
                    MessageParts.footer(),
                    required("catalog_id", id(), "Id of the catalog"))
            .with(required(
                    "sections",
                    list(
                            members(
                                    required("title", text(24), "Title"),
                                    required(
                                            "product_items",
                                            list(
                                                    members(required(
                                                            "product_retailer_id", text(100), "Id of the product")),
                                                    1,
                                                    30),
                                            "Products")),
                            1,
                            10),
                    "Sections"))
            .rule(holds("sections must have at most 30 products in all", given -> {
                int products = 0;
                for (JsonNode section : given.path("sections")) {
                    products += section.path("product_items").size();
                }
                return products <= 30;
            }))
            .example("""
                    {"number":"100000000000001","to":"15550001001","header":{"type":"text","text":"Coffee"},"body":"Our beans","catalog_id":"800000000000001","sections":[{"title":"Beans","product_items":[{"product_retailer_id":"sku-1"}]}]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.interactive(call, "product_list", call.members("catalog_id", "sections"));
    }
}
