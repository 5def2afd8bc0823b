/// Actions: welcome sequences, ice breakers and commands.
@NullMarked
package lull.whatsapp.action.automation;

import org.jspecify.annotations.NullMarked;
