/// What a customer said before going quiet.
@NullMarked
package lull.contract.turn;

import org.jspecify.annotations.NullMarked;
