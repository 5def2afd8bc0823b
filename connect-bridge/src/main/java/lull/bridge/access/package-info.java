/// The credentials by which WhatsApp is called for each business number.
@NullMarked
package lull.bridge.access;

import org.jspecify.annotations.NullMarked;
