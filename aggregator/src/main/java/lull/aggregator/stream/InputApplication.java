package lull.aggregator.stream;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import lull.aggregator.inforce.GapsByPartition;
import lull.aggregator.inforce.RoutesByPartition;
import lull.aggregator.turn.LogClock;
import lull.aggregator.turn.OpenTurn;
import lull.aggregator.turn.OpenTurnList;
import lull.aggregator.turn.OpenTurnView;
import lull.aggregator.turn.PartitionTurns;
import lull.contract.turn.GapDecision;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/// Running Kafka Streams application of an input topic, as operators query it.
///
/// @param gaps those of the partitions that this instance serves
/// @param routes those of the same partitions
/// @param self the address of this instance
public record InputApplication(
        TurnTopology.Options options,
        KafkaStreams streams,
        GapsByPartition gaps,
        RoutesByPartition routes,
        HostInfo self) {

    /// What is known of a conversation's open turn.
    public sealed interface Answer {

        /// The conversation has an open turn.
        record Open(OpenTurnView turn) implements Answer {}

        /// The conversation has no open turn.
        record Nothing() implements Answer {}

        /// Another instance serves the conversation.
        record Elsewhere(HostInfo host) implements Answer {}

        /// Unknown now, because partitions are moving between instances.
        record Unavailable() implements Answer {}
    }

    /// Returns the instances that serve partitions of the topic, except this one.
    public Set<HostInfo> others() {
        Set<HostInfo> others = new TreeSet<>((one, two) -> one.toString().compareTo(two.toString()));
        try {
            for (StreamsMetadata instance : streams.metadataForAllStreamsClients()) {
                if (!instance.hostInfo().equals(self) && instance.hostInfo().port() > 0) {
                    others.add(instance.hostInfo());
                }
            }
        } catch (IllegalStateException e) {
            // Not running yet, so no other instance is known.
        }
        return others;
    }

    /// Returns the open turn of a conversation.
    public Answer open(String conversation) {
        try {
            KeyQueryMetadata owner =
                    streams.queryMetadataForKey(TurnTopology.OPEN_TURNS, conversation, new StringSerializer());
            if (owner.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                return new Answer.Unavailable();
            }
            return owner.activeHost().equals(self)
                    ? here(conversation, owner.partition())
                    : new Answer.Elsewhere(owner.activeHost());
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return new Answer.Unavailable();
        }
    }

    /// Returns the open turns of the partitions that this instance serves, by partition. Partitions that are moving
    /// between instances are absent.
    ///
    /// @param limit how many turns of each partition are shown
    public Map<Integer, OpenTurnList> waiting(int limit) {
        Map<Integer, OpenTurnList> byPartition = new TreeMap<>();
        for (int partition : gaps.now().keySet()) {
            try {
                byPartition.put(partition, waiting(partition, limit));
            } catch (InvalidStateStoreException | IllegalStateException e) {
                // It is moving, so another instance may know its turns.
            }
        }
        return byPartition;
    }

    private OpenTurnList waiting(int partition, int limit) {
        ReadOnlyKeyValueStore<String, byte[]> store = store(partition);
        byte[] state = store.get(PartitionTurns.STATE_KEY);
        if (state == null) {
            return new OpenTurnList(0, List.of());
        }
        OpenTurnList.Collector turns =
                new OpenTurnList.Collector(options.input(), partition, LogClock.read(ByteBuffer.wrap(state)), limit);
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> next = all.next();
                if (!next.key.equals(PartitionTurns.STATE_KEY)) {
                    turns.add(next.key, OpenTurn.of(next.value));
                }
            }
        }
        return turns.turns();
    }

    private ReadOnlyKeyValueStore<String, byte[]> store(int partition) {
        return streams.store(StoreQueryParameters.fromNameAndType(
                        TurnTopology.OPEN_TURNS, QueryableStoreTypes.<String, byte[]>keyValueStore())
                .withPartition(partition));
    }

    private Answer here(String conversation, int partition) {
        ReadOnlyKeyValueStore<String, byte[]> store = store(partition);
        byte[] stored = store.get(conversation);
        if (stored == null) {
            return new Answer.Nothing();
        }
        OpenTurn turn = OpenTurn.of(stored);
        Optional<Duration> closesIn = Optional.ofNullable(store.get(PartitionTurns.STATE_KEY))
                .map(state -> LogClock.read(ByteBuffer.wrap(state)))
                .map(clock -> Duration.ofMillis(Math.max(0, turn.deadline() - clock.now())));
        Optional<GapDecision> decision = Optional.ofNullable(gaps.now().get(partition))
                .flatMap(state -> state.decision(conversation, turn, options.policy()));
        return new Answer.Open(OpenTurnView.of(options.input(), partition, conversation, turn, closesIn, decision));
    }
}
