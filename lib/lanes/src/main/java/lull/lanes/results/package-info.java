/// What the bridge writes to Kafka, acknowledged before it goes on.
@NullMarked
package lull.lanes.results;

import org.jspecify.annotations.NullMarked;
