/// How a turn gets to an application, whatever its protocol is, and what follows from its answer.
@NullMarked
package lull.applications.turns;

import org.jspecify.annotations.NullMarked;
