/// How a process runs its flows: consumers with lanes, their health and meters, and the Kafka clients that they share.
@NullMarked
package lull.lanes.flow;

import org.jspecify.annotations.NullMarked;
