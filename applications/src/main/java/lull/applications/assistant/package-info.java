/// Assistants: a language model answers turns, within rules that the business sets, and hands over
/// to persons.
@NullMarked
package lull.applications.assistant;

import org.jspecify.annotations.NullMarked;
