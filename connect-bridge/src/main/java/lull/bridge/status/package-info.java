/// What WhatsApp reports of replies: it settles doubts, and agents learn of it.
@NullMarked
package lull.bridge.status;

import org.jspecify.annotations.NullMarked;
