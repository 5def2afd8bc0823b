/// What goes back to the customer, and what became of it.
@NullMarked
package lull.contract.reply;

import org.jspecify.annotations.NullMarked;
