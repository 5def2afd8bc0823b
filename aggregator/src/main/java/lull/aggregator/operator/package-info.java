/// Operators' queries and changes of the aggregator.
@NullMarked
package lull.aggregator.operator;

import org.jspecify.annotations.NullMarked;
