/// From what happens in a chat to a reply.
@NullMarked
package lull.bridge.event;

import org.jspecify.annotations.NullMarked;
