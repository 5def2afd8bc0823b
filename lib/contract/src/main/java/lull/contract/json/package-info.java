/// Reading and writing of all values on topics.
@NullMarked
package lull.contract.json;

import org.jspecify.annotations.NullMarked;
