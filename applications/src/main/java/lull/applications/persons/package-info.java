/// Which conversations are with a person at the moment, so that applications are silent in them.
@NullMarked
package lull.applications.persons;

import org.jspecify.annotations.NullMarked;
