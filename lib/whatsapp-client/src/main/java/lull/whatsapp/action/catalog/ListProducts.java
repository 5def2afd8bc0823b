package lull.whatsapp.action.catalog;

import static lull.whatsapp.action.CommonParameters.fields;
import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.page;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Lists the products of a catalog.
final class ListProducts implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "list_products", ActionCategory.CATALOGS, "Lists the products of a catalog.")
            .needs(Permission.CATALOGS)
            .graph("GET /{catalog}/products")
            .with(id("catalog", "Id of the catalog"), token(), fields())
            .with(page())
            .example("""
                    {"catalog":"800000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .fields("id,retailer_id,name,price,availability")
                .page()
                .send();
    }
}
