/// Actions: blocked customers.
@NullMarked
package lull.whatsapp.action.blocking;

import org.jspecify.annotations.NullMarked;
