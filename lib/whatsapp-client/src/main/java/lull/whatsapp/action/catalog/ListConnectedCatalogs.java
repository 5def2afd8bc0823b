package lull.whatsapp.action.catalog;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Lists the catalog that is connected to an account.
final class ListConnectedCatalogs implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "list_connected_catalogs",
                    ActionCategory.CATALOGS,
                    "Lists the catalog that is connected to an account.")
            .needs(Permission.CATALOGS)
            .graph("GET /{account}/product_catalogs")
            .with(account(), token())
            .example("""
                    {"account":"200000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
