/// The whole system in one JVM, on one machine, with nothing to install: `lull local`.
@NullMarked
package lull.local;

import org.jspecify.annotations.NullMarked;
