/// What a pause stops, and whether anything still goes on beside it.
@NullMarked
package lull.bridge.pauses;

import org.jspecify.annotations.NullMarked;
