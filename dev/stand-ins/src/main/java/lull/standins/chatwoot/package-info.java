/// Stand-in of Chatwoot.
@NullMarked
package lull.standins.chatwoot;

import org.jspecify.annotations.NullMarked;
