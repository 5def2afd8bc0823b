/// Erasure of a customer from the topics: `lull erase`.
@NullMarked
package lull.cli.erasure;

import org.jspecify.annotations.NullMarked;
