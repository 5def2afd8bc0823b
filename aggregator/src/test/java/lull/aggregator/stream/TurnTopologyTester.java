package lull.aggregator.stream;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import lull.aggregator.gap.GapModel;
import lull.aggregator.inforce.GapsByPartition;
import lull.aggregator.inforce.RoutesByPartition;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.MemoryBudget;
import lull.aggregator.turn.OpenTurn;
import lull.aggregator.turn.TurnPolicy;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Answer;
import lull.contract.message.GapModelSetting;
import lull.contract.message.GapRule;
import lull.contract.message.GapRuleSetting;
import lull.contract.message.GapSetting;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.Route;
import lull.contract.message.RouteSetting;
import lull.contract.message.Source;
import lull.contract.message.Tick;
import lull.contract.topic.Topics;
import lull.contract.turn.GapDecision;
import lull.contract.turn.Turn;
import lull.runtime.trace.Tracing;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/// Lull's topology under a `TopologyTestDriver`, with a clock of its own: customers say things, silence passes,
/// turns come out. Ticks are piped when they are due, as the aggregator's timer does it.
///
/// ```java
/// try (var lull = new TurnTopologyTester(TurnPolicy.ofGap(Duration.ofSeconds(5)))) {
///     lull.says("alice", "Hello");
///     lull.silence(Duration.ofSeconds(1));
///     lull.says("alice", "you?");
///     lull.silence(Duration.ofSeconds(6));
///     lull.turns(); // one turn: Hello\nyou?
/// }
/// ```
///
/// Let less than the policy's hole limit pass at once where holes matter, or switch the rule off by
/// `HoleRule.OFF`.
public final class TurnTopologyTester implements AutoCloseable {

    /// The business number that customers write to.
    public static final String BUSINESS_NUMBER = "106540352242922";

    /// What RocksDB may use.
    static final int ROCKS_MEBIBYTES = 16;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final RocksMemory rocks = new RocksMemory(ROCKS_MEBIBYTES);

    /// Of this tester alone, as others may run beside it.
    private final StateFolder state = new StateFolder();

    private final GapsByPartition gaps = new GapsByPartition();
    private final TurnTopology.Options options;
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> input;
    private final TestOutputTopic<String, byte[]> output;
    private final Map<String, TestOutputTopic<String, byte[]>> destinations = new HashMap<>();
    private final TestOutputTopic<byte[], byte[]> deadLetters;

    private Instant now = Instant.parse("2026-01-05T10:00:00Z");
    private Duration ingressAhead = Duration.ZERO;
    private String app = "default";
    private @Nullable Instant tickDue;
    private int messages;

    /// A topology of the default input topic with a policy for all business numbers.
    public TurnTopologyTester(TurnPolicy policy) {
        this(InputPolicy.of(policy));
    }

    /// A topology of the default input topic with a policy. The topic of each destination has its name.
    public TurnTopologyTester(InputPolicy policy) {
        String topic = Topics.MESSAGE_RECEIVED.name();
        SortedMap<String, String> topics = new TreeMap<>();
        policy.routing().destinations().forEach(name -> topics.put(name, name));
        options = new TurnTopology.Options(topic, Topics.TURN_CLOSED.name(), policy, topics);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, Topics.applicationId(topic));
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.path());
        rocks.addTo(properties);
        driver = new TopologyTestDriver(
                TurnTopology.build(
                        options,
                        new TurnTopology.Parts(
                                new Timer(),
                                new AggregatorMetrics(meters, options),
                                gaps,
                                new RoutesByPartition(),
                                Tracing.off(),
                                new MemoryBudget(1_000_000),
                                CommitPace.OFF)),
                properties,
                now);
        input = driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
        output = driver.createOutputTopic(options.output(), new StringDeserializer(), new ByteArrayDeserializer());
        topics.forEach((name, to) -> destinations.put(
                name, driver.createOutputTopic(to, new StringDeserializer(), new ByteArrayDeserializer())));
        deadLetters = driver.createOutputTopic(
                Topics.MESSAGE_RECEIVED.deadLetters().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// The values of a meter of Kafka Streams, one for each store or task that has it.
    List<Object> metrics(String name) {
        return driver.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name))
                .<Object>map(metric -> metric.getValue().metricValue())
                .toList();
    }

    private final class Timer implements TickTimer {
        @Override
        public void due(int partition, long inMillis) {
            tickDue = now.plusMillis(inMillis);
        }

        @Override
        public void nothingDue(int partition) {
            tickDue = null;
        }

        @Override
        public void read(int partition) {}

        @Override
        public void released(int partition) {
            tickDue = null;
        }
    }

    /// A customer writes a text, now. Returns the message's id.
    public String says(String customer, String text) {
        return sends(customer, Map.of("type", "text", "text", Map.of("body", text)));
    }

    /// A customer sends a message of WhatsApp's, now: an object with `type` and the object of that name. An `id`
    /// and a `timestamp` are added where they are missing. Returns the message's id.
    public String sends(String customer, Map<String, ?> raw) {
        return sends(conversation(customer), customer, raw);
    }

    /// A customer writes a text into a group, now. Returns the message's id.
    public String saysInGroup(String group, String customer, String text) {
        return sendsInGroup(group, customer, Map.of("type", "text", "text", Map.of("body", text)));
    }

    /// A customer sends a message of WhatsApp's into a group, now. Returns the message's id.
    public String sendsInGroup(String group, String customer, Map<String, ?> raw) {
        Map<String, Object> ofGroup = new HashMap<>(raw);
        ofGroup.put("group_id", group);
        return sends(ConversationKey.ofGroup(BUSINESS_NUMBER, group), customer, ofGroup);
    }

    /// From now on messages come from this WhatsApp app.
    public void appIs(String name) {
        app = name;
    }

    private String sends(ConversationKey conversation, String customer, Map<String, ?> raw) {
        try {
            ObjectNode object = (ObjectNode) Json.tree(Json.bytes(raw));
            if (!object.has("id")) {
                object.put("id", "wamid." + ++messages);
            }
            if (!object.has("timestamp")) {
                object.put("timestamp", Long.toString(now.getEpochSecond()));
            }
            Message message = message(conversation, customer, object, now.plus(ingressAhead), app);
            pipe(message.conversation().toString(), Json.bytes((InputRecord) message), new RecordHeaders());
            return message.id();
        } catch (UnreadableJson e) {
            throw new IllegalArgumentException("Not a message", e);
        }
    }

    /// From now on messages come by an ingress whose clock is so much ahead of the broker's; negative: behind it.
    public void ingressIsAhead(Duration ahead) {
        ingressAhead = ahead;
    }

    /// WhatsApp reports, now, that the business has answered a customer.
    public void answers(String customer) {
        answers(conversation(customer).toString(), customer);
    }

    /// The same under any key.
    void answers(String key, String customer) {
        InputRecord answer = new Answer(conversation(customer), now.truncatedTo(ChronoUnit.SECONDS));
        pipe(key, Json.bytes(answer), new RecordHeaders());
    }

    /// A setting record changes the gap for the messages behind it; null goes back to the policy's gap.
    public void setsGap(@Nullable Duration gap) {
        InputRecord setting = new GapSetting(gap, null);
        pipe("", Json.bytes(setting), new RecordHeaders());
    }

    /// A setting record changes what decides how long to wait; null goes back to the policy's rule.
    public void setsRule(@Nullable GapRule rule) {
        InputRecord setting = new GapRuleSetting(rule, null);
        pipe("", Json.bytes(setting), new RecordHeaders());
    }

    /// A setting record changes the routes for the turns that end with it or behind it; null goes back to the
    /// policy's routes.
    public void setsRoutes(long revision, @Nullable List<Route> routes) {
        InputRecord setting = new RouteSetting(routes, revision);
        pipe("", Json.bytes(setting), new RecordHeaders());
    }

    /// A setting record changes the model of the adaptive gap; null goes back to the one that Lull ships.
    public void setsModel(@Nullable GapModel model) {
        try {
            InputRecord setting = new GapModelSetting(model == null ? null : Json.tree(Json.bytes(model)));
            pipe("", Json.bytes(setting), new RecordHeaders());
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }

    /// Any bytes come in, now.
    public void pipe(String key, byte[] value, Headers headers) {
        input.pipeInput(new TestRecord<>(key, value, headers, now));
    }

    /// Nobody says anything for a while. Ticks come when they are due.
    public void silence(Duration duration) {
        Instant end = now.plus(duration);
        Instant due = tickDue;
        while (due != null && !due.isAfter(end)) {
            now = due.isAfter(now) ? due : now.plusMillis(1);
            tick();
            due = tickDue;
        }
        now = end.isAfter(now) ? end : now;
    }

    /// Time passes without anybody writing a tick, as when broker or aggregator are away.
    public void hole(Duration duration) {
        now = now.plus(duration);
    }

    /// A tick comes in, now, and ends what is due.
    public void tick() {
        InputRecord tick = Tick.CLOSING;
        pipe("", Json.bytes(tick), new RecordHeaders());
    }

    /// A probe comes in, now. It ends no turn.
    public void probe() {
        InputRecord probe = Tick.PROBE;
        pipe("", Json.bytes(probe), new RecordHeaders());
    }

    /// The turns for Amazon Connect that have ended since this was asked last.
    public List<Turn> turns() {
        return turns(output);
    }

    /// The turns for a destination that have ended since this was asked last.
    public List<Turn> turnsTo(String destination) {
        return turns(requireNonNull(destinations.get(destination), destination));
    }

    /// The open turns since this was asked last that were told as they will most likely end.
    public List<Turn> expectedTurns() {
        return turns(driver.createOutputTopic(
                Topics.APPLICATION_TURN_EXPECTED.name(), new StringDeserializer(), new ByteArrayDeserializer()));
    }

    private static List<Turn> turns(TestOutputTopic<String, byte[]> topic) {
        List<Turn> turns = new ArrayList<>();
        for (byte[] value : topic.readValuesToList()) {
            try {
                turns.add(Json.read(value, Turn.class));
            } catch (UnreadableJson e) {
                throw new AssertionError("A turn is not readable", e);
            }
        }
        return turns;
    }

    /// The records of the turns that have ended since this was asked last.
    public List<TestRecord<String, byte[]>> turnRecords() {
        return output.readRecordsToList();
    }

    /// The dead letters since this was asked last.
    public List<TestRecord<byte[], byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    /// What the topology has counted under a name, over all tags.
    public double counted(String meter) {
        return meters.find(meter).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    /// How the last message of a customer's open turn was judged, as operators see it.
    Optional<GapDecision> decisionOfOpenTurn(String customer) {
        String conversation = conversation(customer).toString();
        OpenTurn turn = OpenTurn.of(
                driver.<String, byte[]>getKeyValueStore(TurnTopology.OPEN_TURNS).get(conversation));
        return requireNonNull(gaps.now().get(0)).decision(conversation, turn, options.policy());
    }

    /// The key of a customer's conversation.
    public static ConversationKey conversation(String customer) {
        return new ConversationKey(BUSINESS_NUMBER, customer);
    }

    @Override
    public void close() {
        driver.close();
        rocks.close();
        state.close();
    }

    private static Message message(
            ConversationKey conversation, String customer, JsonNode raw, Instant receivedAt, String app) {
        return new Message(
                raw.path("id").asText(),
                conversation,
                receivedAt,
                new Source("meta", app),
                new Business(BUSINESS_NUMBER, "15550783881", null),
                new Customer(null, customer, customer),
                null,
                raw);
    }

    /// Where a driver keeps its state, apart from others' that run at the same time.
    static final class StateFolder implements AutoCloseable {
        private final Path folder;

        StateFolder() {
            try {
                folder = Files.createTempDirectory("lull-topology");
            } catch (IOException e) {
                throw new UncheckedIOException("There is no place for the state of the test", e);
            }
        }

        String path() {
            return folder.toString();
        }

        @Override
        public void close() {
            try (Stream<Path> left = Files.walk(folder)) {
                for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("The state of the test cannot be deleted", e);
            }
        }
    }
}
