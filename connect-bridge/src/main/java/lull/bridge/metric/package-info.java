/// What the bridge counts.
@NullMarked
package lull.bridge.metric;

import org.jspecify.annotations.NullMarked;
