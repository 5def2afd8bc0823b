/// A stand-in of Amazon SNS as its HTTP subscribers see it: handshake, signed notifications, retries.
@NullMarked
package lull.standins.sns;

import org.jspecify.annotations.NullMarked;
