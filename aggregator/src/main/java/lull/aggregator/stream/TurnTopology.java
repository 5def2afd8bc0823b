package lull.aggregator.stream;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import lull.aggregator.gap.GapsByPartition;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.PartitionTurns;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// The topology of an input topic: messages in, turns out, dead letters aside. Its names are part of operations,
/// as topics of stores are named after them.
public final class TurnTopology {

    static final String MESSAGES = "messages";
    static final String CLOSE_TURNS = "close-turns";
    static final String TURNS = "turns";
    static final String DEAD_LETTERS = "dead-letters";
    static final String OPEN_TURNS = "open-turns";
    static final String DUPLICATES = "duplicates";

    private TurnTopology() {}

    /// What a topology is built from.
    ///
    /// @param input the input topic
    /// @param output the topic that turns go to
    public record Spec(String input, String output, InputPolicy policy) {}

    /// Builds the topology.
    ///
    /// @param timer what moves the log's clock when nobody writes
    /// @param meters where it counts
    public static Topology build(Spec spec, TickTimer timer, MeterRegistry meters) {
        return build(spec, timer, new AggregatorMetrics(meters, spec.input()), new GapsByPartition());
    }

    /// Whether a key of the store of open turns, and of its changelog, is that of a turn. The other one is that of the
    /// partition's own state.
    public static boolean isTurn(String key) {
        return !key.equals(PartitionTurns.STATE_KEY);
    }

    public static Topology build(Spec spec, TickTimer timer, AggregatorMetrics metrics, GapsByPartition gaps) {
        Topology topology = new Topology();
        topology.addSource(MESSAGES, new ByteArrayDeserializer(), new ByteArrayDeserializer(), spec.input());
        topology.addProcessor(CLOSE_TURNS, () -> new TurnProcessor(spec, timer, metrics, gaps), MESSAGES);
        topology.addStateStore(store(spec.input(), OPEN_TURNS), CLOSE_TURNS);
        topology.addStateStore(store(spec.input(), DUPLICATES), CLOSE_TURNS);
        topology.addSink(TURNS, spec.output(), new ByteArraySerializer(), new ByteArraySerializer(), CLOSE_TURNS);
        topology.addSink(
                DEAD_LETTERS,
                Topics.input(spec.input()).deadLetters().name(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                CLOSE_TURNS);
        return topology;
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> store(String input, String name) {
        Topic changelog = Topics.changelog(input, name);
        Map<String, String> config = changelog.config();
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                // What changes again before a commit, as the partition's own state always does, reaches the store and
                // its changelog once.
                .withCachingEnabled()
                .withLoggingEnabled(config);
    }
}
