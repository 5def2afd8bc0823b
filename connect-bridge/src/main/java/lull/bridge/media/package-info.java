/// Files that customers send: fetched from WhatsApp, checked, and made ready for Amazon Connect.
@NullMarked
package lull.bridge.media;

import org.jspecify.annotations.NullMarked;
