/// Customers who asked to be forgotten: their rows are deleted, and do not come back.
@NullMarked
package lull.archive.erasure;

import org.jspecify.annotations.NullMarked;
