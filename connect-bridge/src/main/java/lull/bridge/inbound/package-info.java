/// Flow from the customer to the agent: turns become messages of a chat.
@NullMarked
package lull.bridge.inbound;

import org.jspecify.annotations.NullMarked;
