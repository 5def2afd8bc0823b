/// Actions: operations that only AWS End User Messaging Social has.
@NullMarked
package lull.whatsapp.action.eum;

import org.jspecify.annotations.NullMarked;
