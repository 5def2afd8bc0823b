/// Channels besides WhatsApp's own APIs: their settings, their senders of replies, and the files of their customers.
@NullMarked
package lull.whatsapp.channel;

import org.jspecify.annotations.NullMarked;
