/// Gaps that are in force. Pure.
@NullMarked
package lull.aggregator.gap;

import org.jspecify.annotations.NullMarked;
