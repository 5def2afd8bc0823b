/// How a process of a service starts, what it gives to the service, and how it ends.
@NullMarked
package lull.runtime.process;

import org.jspecify.annotations.NullMarked;
