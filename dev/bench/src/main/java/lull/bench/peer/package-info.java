/// What a benchmark knows of those that it measures Lull beside, and what they share with the other
/// forms. They are in a module that is built by a profile of its own.
@NullMarked
package lull.bench.peer;

import org.jspecify.annotations.NullMarked;
