/// What is said in voice notes, for the destinations that read it.
@NullMarked
package lull.applications.voices;

import org.jspecify.annotations.NullMarked;
