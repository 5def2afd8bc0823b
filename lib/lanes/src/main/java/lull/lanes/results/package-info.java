/// Records that the bridge writes to Kafka, each acknowledged before the bridge continues.
@NullMarked
package lull.lanes.results;

import org.jspecify.annotations.NullMarked;
