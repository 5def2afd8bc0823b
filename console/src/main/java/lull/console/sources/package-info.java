/// What other processes know: the archive, the aggregator, and the dead letters. A source that is unavailable is a
/// value.
@NullMarked
package lull.console.sources;

import org.jspecify.annotations.NullMarked;
