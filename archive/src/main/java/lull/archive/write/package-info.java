/// Topics to rows: follows them, and writes rows with offsets in one transaction.
@NullMarked
package lull.archive.write;

import org.jspecify.annotations.NullMarked;
