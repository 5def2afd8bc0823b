package lull.whatsapp.action.catalog;

import static lull.whatsapp.action.ActionRule.holds;
import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.members;
import static lull.whatsapp.action.ParameterType.object;
import static lull.whatsapp.action.ParameterType.word;

import com.fasterxml.jackson.databind.JsonNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Creates, updates and deletes products of a catalog. It happens later: read get_catalog_batch.
final class UpdateCatalogItems implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "update_catalog_items",
                    ActionCategory.CATALOGS,
                    "Creates, updates and deletes products of a catalog. It happens later: read get_catalog_batch.")
            .needs(Permission.CATALOGS)
            .graph("POST /{catalog}/items_batch")
            .with(
                    id("catalog", "Id of the catalog"),
                    token(),
                    required(
                            "requests",
                            list(
                                    members(
                                            required("method", word("CREATE", "UPDATE", "DELETE"), "What to do"),
                                            required("data", object(), "Product with its id, in Meta's form")),
                                    1,
                                    5_000),
                            "Changes"))
            .rule(holds("each of requests needs data.id", given -> {
                for (JsonNode request : given.path("requests")) {
                    if (request.path("data").path("id").asText("").isEmpty()) {
                        return false;
                    }
                }
                return true;
            }))
            .example("""
                    {"catalog":"800000000000001","requests":[{"method":"CREATE","data":{"id":"sku-1","title":"Beans","price":"12.50 EUR","link":"https://example.com/1","image_link":"https://example.com/1.png","availability":"in stock"}}]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .json(call.members("requests").put("item_type", "PRODUCT_ITEM"))
                .send();
    }
}
