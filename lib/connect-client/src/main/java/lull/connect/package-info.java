/// Client of Amazon Connect, with the calls that the bridge needs.
@NullMarked
package lull.connect;

import org.jspecify.annotations.NullMarked;
