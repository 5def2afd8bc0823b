/// What agents are notified of beside messages.
@NullMarked
package lull.bridge.notices;

import org.jspecify.annotations.NullMarked;
