/// Common parts of all HTTP servers of Lull.
@NullMarked
package lull.runtime.http;

import org.jspecify.annotations.NullMarked;
