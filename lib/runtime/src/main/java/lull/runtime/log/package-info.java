/// Limits on what libraries log.
@NullMarked
package lull.runtime.log;

import org.jspecify.annotations.NullMarked;
