/// Signals that customers see in addition to messages: read receipts, typing indicators and reactions.
@NullMarked
package lull.bridge.signals;

import org.jspecify.annotations.NullMarked;
