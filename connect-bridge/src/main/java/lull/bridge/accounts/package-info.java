/// What WhatsApp says about the business's accounts, numbers and templates: recorded, and heeded by replies.
@NullMarked
package lull.bridge.accounts;

import org.jspecify.annotations.NullMarked;
