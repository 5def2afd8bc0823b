/// A stand-in of Meta's WhatsApp Cloud API: takes messages to customers, and reports on them by signed webhooks.
@NullMarked
package lull.standins.whatsapp;

import org.jspecify.annotations.NullMarked;
