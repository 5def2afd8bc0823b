/// Actions: catalogs and commerce settings.
@NullMarked
package lull.whatsapp.action.catalog;

import org.jspecify.annotations.NullMarked;
