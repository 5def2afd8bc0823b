/// Journeys: every step of a message, turn, chat or reply, in order.
@NullMarked
package lull.archive.journey;

import org.jspecify.annotations.NullMarked;
