/// Files of customers on their way to a chat: fetched, converted, uploaded, or linked.
@NullMarked
package lull.bridge.inbound.attachments;

import org.jspecify.annotations.NullMarked;
