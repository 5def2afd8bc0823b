/// Actions: qR codes and short links.
@NullMarked
package lull.whatsapp.action.link;

import org.jspecify.annotations.NullMarked;
