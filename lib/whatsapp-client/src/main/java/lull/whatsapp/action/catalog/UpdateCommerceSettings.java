package lull.whatsapp.action.catalog;

import static lull.whatsapp.action.ActionRule.atLeastOne;
import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.flag;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Shows or hides the catalog and the cart of a number.
final class UpdateCommerceSettings implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "update_commerce_settings",
                    ActionCategory.CATALOGS,
                    "Shows or hides the catalog and the cart of a number.")
            .graph("POST /{number}/whatsapp_commerce_settings")
            .repeatable()
            .with(
                    number(),
                    optional("is_catalog_visible", flag(), "Whether customers see the catalog"),
                    optional("is_cart_enabled", flag(), "Whether customers have a cart"))
            .rule(atLeastOne("is_catalog_visible", "is_cart_enabled"))
            .example("""
                    {"number":"100000000000001","is_catalog_visible":true}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph().queryOf("is_catalog_visible", "is_cart_enabled").send();
    }
}
