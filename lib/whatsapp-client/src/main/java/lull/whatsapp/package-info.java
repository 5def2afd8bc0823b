/// Clients of WhatsApp by the Graph API and by AWS End User Messaging: messages, media, read marks,
/// limits and errors.
@NullMarked
package lull.whatsapp;

import org.jspecify.annotations.NullMarked;
