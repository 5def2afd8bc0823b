/// Replies to WhatsApp, and their statuses.
@NullMarked
package lull.bridge.outbound.replies;

import org.jspecify.annotations.NullMarked;
