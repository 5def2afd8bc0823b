/// What WhatsApp says about accounts, numbers, templates and flows: the records of `whatsapp.account`.
@NullMarked
package lull.contract.account;

import org.jspecify.annotations.NullMarked;
