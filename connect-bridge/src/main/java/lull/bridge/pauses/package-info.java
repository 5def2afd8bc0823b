/// Scopes of pauses, and whether anything continues during a pause.
@NullMarked
package lull.bridge.pauses;

import org.jspecify.annotations.NullMarked;
