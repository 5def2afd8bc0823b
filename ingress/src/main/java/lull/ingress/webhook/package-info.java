/// Webhooks' content: their bytes become records for topics. Pure.
@NullMarked
package lull.ingress.webhook;

import org.jspecify.annotations.NullMarked;
