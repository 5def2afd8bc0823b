package lull.whatsapp.action.catalog;

import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Creates an empty catalog of a business.
final class CreateCatalog implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "create_catalog", ActionCategory.CATALOGS, "Creates an empty catalog of a business.")
            .needs(Permission.CATALOGS)
            .graph("POST /{business}/owned_product_catalogs")
            .with(id("business", "Id of the business portfolio"), token(), required("name", text(200), "Name"))
            .example("""
                    {"business":"500000000000001","name":"Coffee"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
