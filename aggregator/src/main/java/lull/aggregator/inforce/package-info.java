/// Gaps that are in force. Pure.
@NullMarked
package lull.aggregator.inforce;

import org.jspecify.annotations.NullMarked;
