/// Messages of channels besides WhatsApp become the same records as WhatsApp's: one door for each kind of channel.
/// Pure.
@NullMarked
package lull.ingress.channel;

import org.jspecify.annotations.NullMarked;
