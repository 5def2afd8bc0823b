package lull.whatsapp.action.catalog;

import java.util.List;
import lull.whatsapp.action.Action;

/// Catalogs and commerce settings: all actions.
public final class CatalogActions {

    public static final List<Action> ALL = List.of(
            new GetCommerceSettings(),
            new UpdateCommerceSettings(),
            new ListConnectedCatalogs(),
            new ConnectCatalog(),
            new CreateCatalog(),
            new UpdateCatalogItems(),
            new GetCatalogBatch(),
            new ListProducts());

    private CatalogActions() {}
}
