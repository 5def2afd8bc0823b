/// From WhatsApp webhooks to Kafka topics: a webhook is answered 200 only when the broker has all that is in it.
@NullMarked
package lull.ingress;

import org.jspecify.annotations.NullMarked;
