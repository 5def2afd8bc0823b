/// Chatwoot's callbacks: what people write there becomes replies.
@NullMarked
package lull.ingress.chatwoot;

import org.jspecify.annotations.NullMarked;
