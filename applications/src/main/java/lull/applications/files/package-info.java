/// Customers' files, for destinations that need them.
@NullMarked
package lull.applications.files;

import org.jspecify.annotations.NullMarked;
