/// Aggregator of messages into turns. It is exact: the same log gives the same turns, byte for byte.
///
/// `LogClock`, `OpenTurn`, `DeadlineIndex`, `SeenMessages` and `PartitionTurns` are the core, without
/// Kafka; `TurnProcessor` and `TurnTopology` run it on Kafka Streams; `Ticker` moves the log's clock
/// when nobody writes.
@NullMarked
package lull.aggregator;

import org.jspecify.annotations.NullMarked;
