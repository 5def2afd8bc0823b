/// From Amazon Connect: chat events become replies.
@NullMarked
package lull.bridge.outbound.events;

import org.jspecify.annotations.NullMarked;
