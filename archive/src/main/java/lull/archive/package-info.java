/// The archive: every topic becomes rows of a database, with an API that searches them and shows journeys.
@NullMarked
package lull.archive;

import org.jspecify.annotations.NullMarked;
