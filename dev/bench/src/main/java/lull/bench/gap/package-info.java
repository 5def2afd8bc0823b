/// `lull bench gap`: plays conversations through the aggregator's own adaptive gap, scores it beside fixed
/// gaps, and trains its model.
@NullMarked
package lull.bench.gap;

import org.jspecify.annotations.NullMarked;
