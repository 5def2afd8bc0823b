/// Actions: message templates.
@NullMarked
package lull.whatsapp.action.template;

import org.jspecify.annotations.NullMarked;
