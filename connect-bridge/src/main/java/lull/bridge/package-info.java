/// Turns into Amazon Connect chats, and what is said there back to WhatsApp: what puts the service together.
/// The packages below are its parts, and do not know this one.
@NullMarked
package lull.bridge;

import org.jspecify.annotations.NullMarked;
