/// Who talks to whom: the words that every topic shares.
@NullMarked
package lull.contract;

import org.jspecify.annotations.NullMarked;
