/// Customers' files on their way to a chat: downloaded, converted, uploaded, or linked.
@NullMarked
package lull.bridge.inbound.attachments;

import org.jspecify.annotations.NullMarked;
