/// Actions: calls.
@NullMarked
package lull.whatsapp.action.calling;

import org.jspecify.annotations.NullMarked;
