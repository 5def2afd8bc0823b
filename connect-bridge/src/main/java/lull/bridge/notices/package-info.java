/// Notices for agents in addition to messages.
@NullMarked
package lull.bridge.notices;

import org.jspecify.annotations.NullMarked;
