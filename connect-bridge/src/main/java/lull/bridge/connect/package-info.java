/// Amazon Connect, as far as the bridge needs it.
@NullMarked
package lull.bridge.connect;

import org.jspecify.annotations.NullMarked;
