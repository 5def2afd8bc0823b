/// Deletion of what is too old.
@NullMarked
package lull.archive.retention;

import org.jspecify.annotations.NullMarked;
