/// From a turn to an Amazon Connect chat.
@NullMarked
package lull.bridge.chat;

import org.jspecify.annotations.NullMarked;
