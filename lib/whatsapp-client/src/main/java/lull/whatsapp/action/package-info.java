/// Actions of a business on WhatsApp: what each is, which parameters it has, and how it is called.
@NullMarked
package lull.whatsapp.action;

import org.jspecify.annotations.NullMarked;
