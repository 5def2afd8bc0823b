/// What customers see beside messages: read marks, typing and reactions.
@NullMarked
package lull.bridge.signals;

import org.jspecify.annotations.NullMarked;
