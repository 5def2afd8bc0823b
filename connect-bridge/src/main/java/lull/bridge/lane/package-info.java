/// Records handled in order per key and in parallel across keys, none lost and none committed too early.
@NullMarked
package lull.bridge.lane;

import org.jspecify.annotations.NullMarked;
