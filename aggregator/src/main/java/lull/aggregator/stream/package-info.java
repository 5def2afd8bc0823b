/// Turns on Kafka Streams: topology, stores and ticks.
@NullMarked
package lull.aggregator.stream;

import org.jspecify.annotations.NullMarked;
