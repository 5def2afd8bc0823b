/// Handling of records in order per key and in parallel across keys, without losing any or committing
/// any too early.
@NullMarked
package lull.lanes;

import org.jspecify.annotations.NullMarked;
