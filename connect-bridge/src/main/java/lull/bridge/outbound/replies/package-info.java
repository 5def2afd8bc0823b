/// To WhatsApp: replies are sent, and their statuses recorded.
@NullMarked
package lull.bridge.outbound.replies;

import org.jspecify.annotations.NullMarked;
