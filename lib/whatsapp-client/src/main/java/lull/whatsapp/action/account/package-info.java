/// Actions: whatsApp Business accounts, their subscriptions and health.
@NullMarked
package lull.whatsapp.action.account;

import org.jspecify.annotations.NullMarked;
