/// Actions: quality.
@NullMarked
package lull.whatsapp.action.quality;

import org.jspecify.annotations.NullMarked;
