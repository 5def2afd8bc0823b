/// Which texts of an agent are sent as one message: the rules, pure, and their settings.
@NullMarked
package lull.bridge.outbound.joins;

import org.jspecify.annotations.NullMarked;
