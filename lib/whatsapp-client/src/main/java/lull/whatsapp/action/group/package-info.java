/// Actions: groups.
@NullMarked
package lull.whatsapp.action.group;

import org.jspecify.annotations.NullMarked;
