/// How every value on a topic is read and written.
@NullMarked
package lull.contract.json;

import org.jspecify.annotations.NullMarked;
