/// Bridge service between turns and Amazon Connect chats: this package assembles it from the packages
/// below, which do not know this one.
@NullMarked
package lull.bridge;

import org.jspecify.annotations.NullMarked;
