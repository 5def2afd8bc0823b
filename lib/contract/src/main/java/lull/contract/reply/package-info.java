/// Records of replies to customers, and of their outcomes.
@NullMarked
package lull.contract.reply;

import org.jspecify.annotations.NullMarked;
