/// Actions: files of messages.
@NullMarked
package lull.whatsapp.action.media;

import org.jspecify.annotations.NullMarked;
