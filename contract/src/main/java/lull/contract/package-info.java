/// What travels on the topics.
@NullMarked
package lull.contract;

import org.jspecify.annotations.NullMarked;
