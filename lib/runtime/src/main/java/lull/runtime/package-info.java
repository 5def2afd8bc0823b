/// Start, run and stop of a process.
@NullMarked
package lull.runtime;

import org.jspecify.annotations.NullMarked;
