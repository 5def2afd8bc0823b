/// Replies of apps whose channel is another provider's API, such as z-api or Evolution: a template in JSON
/// says what is posted for each kind of reply.
@NullMarked
package lull.whatsapp.provider;

import org.jspecify.annotations.NullMarked;
