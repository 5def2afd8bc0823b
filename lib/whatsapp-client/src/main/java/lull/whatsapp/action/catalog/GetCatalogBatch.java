package lull.whatsapp.action.catalog;

import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Reads what became of changes of a catalog.
final class GetCatalogBatch implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_catalog_batch", ActionCategory.CATALOGS, "Reads what became of changes of a catalog.")
            .needs(Permission.CATALOGS)
            .graph("GET /{catalog}/check_batch_request_status")
            .with(
                    id("catalog", "Id of the catalog"),
                    token(),
                    required("handle", text(200), "Handle of the answer of update_catalog_items"))
            .example("""
                    {"catalog":"800000000000001","handle":"handle-1"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
