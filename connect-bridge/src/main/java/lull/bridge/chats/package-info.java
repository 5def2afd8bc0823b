/// Chats of conversations: the book of chats, its readers, and calls for a chat.
@NullMarked
package lull.bridge.chats;

import org.jspecify.annotations.NullMarked;
