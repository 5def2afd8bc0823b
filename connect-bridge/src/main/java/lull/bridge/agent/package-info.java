/// What the bridge tells the agent beside the customer's words, and what it asks the chat for.
@NullMarked
package lull.bridge.agent;

import org.jspecify.annotations.NullMarked;
