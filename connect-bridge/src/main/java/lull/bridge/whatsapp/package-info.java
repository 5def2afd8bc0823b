/// From a reply to WhatsApp.
@NullMarked
package lull.bridge.whatsapp;

import org.jspecify.annotations.NullMarked;
