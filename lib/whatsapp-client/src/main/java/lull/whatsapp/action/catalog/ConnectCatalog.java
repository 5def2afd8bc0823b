package lull.whatsapp.action.catalog;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.id;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Connects a catalog to an account, which can have one.
final class ConnectCatalog implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "connect_catalog", ActionCategory.CATALOGS, "Connects a catalog to an account, which can have one.")
            .needs(Permission.CATALOGS)
            .graph("POST /{account}/product_catalogs")
            .repeatable()
            .with(account(), token(), required("catalog_id", id(), "Id of the catalog"))
            .example("""
                    {"account":"200000000000001","catalog_id":"800000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
