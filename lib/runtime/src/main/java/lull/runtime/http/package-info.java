/// What all HTTP servers of Lull have in common.
@NullMarked
package lull.runtime.http;

import org.jspecify.annotations.NullMarked;
