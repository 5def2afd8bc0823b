/// The operators' console: pages on which they see who waits, what became of a message, and what is in force.
@NullMarked
package lull.console;

import org.jspecify.annotations.NullMarked;
