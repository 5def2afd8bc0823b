package lull.whatsapp.action.catalog;

import static lull.whatsapp.action.CommonParameters.number;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Reads whether customers see the catalog and the cart of a number.
final class GetCommerceSettings implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_commerce_settings",
                    ActionCategory.CATALOGS,
                    "Reads whether customers see the catalog and the cart of a number.")
            .graph("GET /{number}/whatsapp_commerce_settings")
            .with(number())
            .example("""
                    {"number":"100000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
