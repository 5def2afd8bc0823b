package lull.aggregator.stream;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lull.aggregator.inforce.GapsByPartition;
import lull.aggregator.inforce.RoutesByPartition;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.MemoryBudget;
import lull.aggregator.turn.PartitionTurns;
import lull.contract.message.Route;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.trace.Tracing;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Topology of an input topic: reads messages, writes turns to the topic of their destination, and
/// dead letters to a topic of their own. Do not change its names: the topics of stores are named
/// after them.
public final class TurnTopology {

    static final String MESSAGES = "messages";
    static final String CLOSE_TURNS = "close-turns";
    static final String TURNS = "turns";
    static final String EXPECTED_TURNS = "expected-turns";
    static final String DEAD_LETTERS = "dead-letters";
    static final String OPEN_TURNS = "open-turns";
    static final String DUPLICATES = "duplicates";

    /// What precedes the name of a destination in the name of its sink.
    private static final String TURNS_TO = TURNS + "-to-";

    private TurnTopology() {}

    /// What a topology is built from.
    ///
    /// @param input the input topic
    /// @param output the topic to which turns for Amazon Connect are written
    /// @param destinations the topics to which other turns are written, by the names of their destinations
    public record Options(String input, String output, InputPolicy policy, SortedMap<String, String> destinations) {

        public Options {
            destinations = new TreeMap<>(destinations);
            if (!destinations.keySet().equals(policy.routing().destinations())) {
                throw new IllegalArgumentException("The destinations of the topics are not those of the routes");
            }
        }

        /// Whether a destination is told of turns before they end.
        public boolean tellsOfExpectedTurns() {
            return !policy.routing().early().isEmpty();
        }

        /// Creates a specification without destinations besides Amazon Connect.
        public Options(String input, String output, InputPolicy policy) {
            this(input, output, policy, new TreeMap<>());
        }
    }

    /// What processors need besides, shared by all partitions of an application.
    ///
    /// @param timer moves the log's clock when nobody writes
    /// @param memory for open turns that have grown lately
    /// @param pace at which turns are committed
    public record Parts(
            TickTimer timer,
            AggregatorMetrics metrics,
            GapsByPartition gaps,
            RoutesByPartition routes,
            Tracing tracing,
            MemoryBudget memory,
            CommitPace pace) {}

    /// Builds the topology for tests: nothing is kept in memory, and Kafka Streams decides when to commit.
    ///
    /// @param timer moves the log's clock when nobody writes
    /// @param meters the registry of its metrics
    public static Topology build(Options options, TickTimer timer, MeterRegistry meters) {
        return build(
                options,
                new Parts(
                        timer,
                        new AggregatorMetrics(meters, options),
                        new GapsByPartition(),
                        new RoutesByPartition(),
                        Tracing.off(),
                        new MemoryBudget(0),
                        CommitPace.OFF));
    }

    /// Returns the name of the sink of a destination.
    static String sink(String destination) {
        return destination.equals(Route.CONNECT) ? TURNS : TURNS_TO + destination;
    }

    /// Whether a key of the store of open turns, or of its changelog, belongs to a turn. The other key
    /// is that of the partition's own state.
    public static boolean isTurn(String key) {
        return !key.equals(PartitionTurns.STATE_KEY);
    }

    /// Builds the topology.
    public static Topology build(Options options, Parts parts) {
        Topology topology = new Topology();
        topology.addSource(MESSAGES, new ByteArrayDeserializer(), new ByteArrayDeserializer(), options.input());
        topology.addProcessor(CLOSE_TURNS, () -> new TurnProcessor(options, parts), MESSAGES);
        topology.addStateStore(store(options.input(), OPEN_TURNS), CLOSE_TURNS);
        topology.addStateStore(store(options.input(), DUPLICATES), CLOSE_TURNS);
        topology.addSink(TURNS, options.output(), new ByteArraySerializer(), new ByteArraySerializer(), CLOSE_TURNS);
        options.destinations()
                .forEach((name, topic) -> topology.addSink(
                        sink(name), topic, new ByteArraySerializer(), new ByteArraySerializer(), CLOSE_TURNS));
        if (options.tellsOfExpectedTurns()) {
            topology.addSink(
                    EXPECTED_TURNS,
                    Topics.APPLICATION_TURN_EXPECTED.name(),
                    new ByteArraySerializer(),
                    new ByteArraySerializer(),
                    CLOSE_TURNS);
        }
        topology.addSink(
                DEAD_LETTERS,
                Topics.input(options.input()).deadLetters().name(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                CLOSE_TURNS);
        return topology;
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> store(String input, String name) {
        Topic changelog = Topics.changelog(input, name);
        Map<String, String> config = changelog.config();
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                // An entry that changes again before a commit, as the partition's own state always
                // does, reaches the store and its changelog once.
                .withCachingEnabled()
                .withLoggingEnabled(config);
    }
}
