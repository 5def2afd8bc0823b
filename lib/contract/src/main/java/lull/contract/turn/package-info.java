/// Turns: what a customer wrote before a silence.
@NullMarked
package lull.contract.turn;

import org.jspecify.annotations.NullMarked;
