/// Files that agents attach, on their way to WhatsApp.
@NullMarked
package lull.bridge.file;

import org.jspecify.annotations.NullMarked;
