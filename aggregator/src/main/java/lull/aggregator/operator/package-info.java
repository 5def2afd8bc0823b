/// What operators ask of the aggregator and change in it.
@NullMarked
package lull.aggregator.operator;

import org.jspecify.annotations.NullMarked;
