/// Chatwoot as a desk: its API channel, by which customers' messages come into conversations, and its
/// callbacks, which bring what agents write.
@NullMarked
package lull.chatwoot;

import org.jspecify.annotations.NullMarked;
