/// Actions: marketing messages and sign-up.
@NullMarked
package lull.whatsapp.action.marketing;

import org.jspecify.annotations.NullMarked;
