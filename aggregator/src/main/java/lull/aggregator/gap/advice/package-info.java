/// What other gaps would have done with recorded conversations. Pure.
@NullMarked
package lull.aggregator.gap.advice;

import org.jspecify.annotations.NullMarked;
