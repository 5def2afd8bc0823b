/// Events from Amazon Connect, which become replies.
@NullMarked
package lull.bridge.outbound.events;

import org.jspecify.annotations.NullMarked;
