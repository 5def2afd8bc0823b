/// Actions: payments.
@NullMarked
package lull.whatsapp.action.payment;

import org.jspecify.annotations.NullMarked;
