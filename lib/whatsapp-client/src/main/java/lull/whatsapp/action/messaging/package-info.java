/// Actions: messages, read marks and typing indicators.
@NullMarked
package lull.whatsapp.action.messaging;

import org.jspecify.annotations.NullMarked;
