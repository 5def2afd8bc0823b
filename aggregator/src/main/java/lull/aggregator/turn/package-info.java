/// Rules by which a log becomes turns. Pure.
@NullMarked
package lull.aggregator.turn;

import org.jspecify.annotations.NullMarked;
