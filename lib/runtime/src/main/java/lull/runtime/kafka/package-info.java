/// Setup of Kafka's clients and topics.
@NullMarked
package lull.runtime.kafka;

import org.jspecify.annotations.NullMarked;
