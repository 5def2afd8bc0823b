/// The page on which a newcomer tries Lull: a phone, the turn that is gathered, and the desk.
@NullMarked
package lull.local.trypage;

import org.jspecify.annotations.NullMarked;
