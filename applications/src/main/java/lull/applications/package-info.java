/// Applications of the business: they get turns, and may answer with replies or hand the conversation over to a person.
/// The root package only assembles.
@NullMarked
package lull.applications;

import org.jspecify.annotations.NullMarked;
