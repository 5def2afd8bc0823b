/// From WhatsApp webhooks, and from requests of applications, to Kafka topics: the answer is given only when
/// the broker has all that is in them.
@NullMarked
package lull.ingress;

import org.jspecify.annotations.NullMarked;
