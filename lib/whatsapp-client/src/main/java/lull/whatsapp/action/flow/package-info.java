/// Actions: flows.
@NullMarked
package lull.whatsapp.action.flow;

import org.jspecify.annotations.NullMarked;
