/// Which chat a conversation has: the book of chats, its readers, and who takes part in them.
@NullMarked
package lull.bridge.chats;

import org.jspecify.annotations.NullMarked;
