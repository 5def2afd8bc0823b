/// Actions: phone numbers and their registration.
@NullMarked
package lull.whatsapp.action.number;

import org.jspecify.annotations.NullMarked;
