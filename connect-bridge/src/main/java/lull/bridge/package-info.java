/// Turns into Amazon Connect chats, and what is said there back to WhatsApp: the service and its settings.
@NullMarked
package lull.bridge;

import org.jspecify.annotations.NullMarked;
