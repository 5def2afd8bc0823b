/// Records handled in order per key and in parallel across keys, none lost and none committed too early.
@NullMarked
package lull.lanes;

import org.jspecify.annotations.NullMarked;
