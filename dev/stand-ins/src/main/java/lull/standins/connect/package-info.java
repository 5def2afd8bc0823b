/// A stand-in of Amazon Connect chat: the Connect and Connect Participant APIs, contact streaming, and an agent's
/// desk.
@NullMarked
package lull.standins.connect;

import org.jspecify.annotations.NullMarked;
