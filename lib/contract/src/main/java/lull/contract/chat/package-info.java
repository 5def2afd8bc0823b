/// Records of the Amazon Connect side: chats, their events and what Connect has accepted.
@NullMarked
package lull.contract.chat;

import org.jspecify.annotations.NullMarked;
