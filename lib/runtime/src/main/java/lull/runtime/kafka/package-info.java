/// How clients and topics of Kafka are set up.
@NullMarked
package lull.runtime.kafka;

import org.jspecify.annotations.NullMarked;
