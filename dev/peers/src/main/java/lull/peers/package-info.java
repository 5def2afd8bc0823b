/// Other ways of doing what Lull does, as their users would write them, for benchmarks beside Lull.
@NullMarked
package lull.peers;

import org.jspecify.annotations.NullMarked;
