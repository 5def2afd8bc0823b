/// How a process starts, runs and stops.
@NullMarked
package lull.runtime;

import org.jspecify.annotations.NullMarked;
