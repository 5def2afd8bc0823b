/// Amazon Connect, as far as the bridge needs it.
@NullMarked
package lull.connect;

import org.jspecify.annotations.NullMarked;
