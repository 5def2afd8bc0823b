/// Process of a service: its start, the context that it gives to the service, and its end.
@NullMarked
package lull.runtime.process;

import org.jspecify.annotations.NullMarked;
