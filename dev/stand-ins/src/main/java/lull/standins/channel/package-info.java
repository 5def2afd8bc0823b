/// Stand-ins of channels besides WhatsApp: the Telegram Bot API, and a program that speaks Lull's own JSON.
@NullMarked
package lull.standins.channel;

import org.jspecify.annotations.NullMarked;
