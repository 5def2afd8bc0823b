/// Tables of the archive, their migrations, and the database that has them.
@NullMarked
package lull.archive.schema;

import org.jspecify.annotations.NullMarked;
