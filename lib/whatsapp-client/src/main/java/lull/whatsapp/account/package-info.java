/// What WhatsApp's webhooks say about accounts, numbers, templates and flows, and what it means for an operator.
@NullMarked
package lull.whatsapp.account;

import org.jspecify.annotations.NullMarked;
