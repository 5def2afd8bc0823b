/// Service that writes WhatsApp webhooks and requests of applications to Kafka topics. It answers only
/// after the broker has acknowledged every record.
@NullMarked
package lull.ingress;

import org.jspecify.annotations.NullMarked;
