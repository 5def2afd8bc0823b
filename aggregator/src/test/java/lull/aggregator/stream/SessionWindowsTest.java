package lull.aggregator.stream;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import lull.aggregator.turn.TurnPolicy;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.Suppressed.BufferConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A turn is what people who know Kafka Streams call a session: on a log without holes and with no limits,
/// Lull and the DSL's session windows put the same messages together.
final class SessionWindowsTest {

    private static final Duration GAP = Duration.ofSeconds(5);
    private static final int FEW = 2;
    private static final int MANY = 20;
    private static final int MESSAGES = 200;

    @Test
    void areWhatTurnsAreWhereTheLogIsWhole() {
        sameTurnsAsSessions(FEW);
    }

    @Tag("proof")
    @Test
    void areWhatTurnsAreInManyHistories() {
        sameTurnsAsSessions(MANY);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1})
    void agreeOnTheEdgeOfTheGap(long beyond) {
        try (Sessions sessions = new Sessions();
                TurnTopologyTester lull = lull()) {
            for (int i = 0; i < 2; i++) {
                sessions.says("alice", lull.says("alice", "Hello"));
                pass(lull, sessions, GAP.plusMillis(beyond));
            }
            sessions.endAll();
            lull.silence(GAP.plusMillis(1));

            Map<String, List<List<String>>> turns = turns(lull);
            assertThat(turns).isEqualTo(sessions.closed());
            assertThat(turns.get("alice")).hasSize(beyond > 0 ? 2 : 1);
        }
    }

    @Test
    void keepALoneMessageUntilSomebodyElseWritesAndTurnsDoNot() {
        try (Sessions sessions = new Sessions();
                TurnTopologyTester lull = lull()) {
            sessions.says("alice", lull.says("alice", "Hello"));
            pass(lull, sessions, GAP.multipliedBy(10));

            assertThat(turns(lull)).containsOnlyKeys("alice");
            assertThat(sessions.closed()).isEmpty();
            sessions.says("bob", "wamid.of.bob");
            assertThat(sessions.closed()).containsOnlyKeys("alice");
        }
    }

    /// Where the edge of the gap is hit and somebody else has written in the same millisecond, the DSL has
    /// told of the session by then, and tells of it again. A turn ends behind the edge, once.
    @Test
    void areToldOfAMillisecondTooEarly() {
        try (Sessions sessions = new Sessions();
                TurnTopologyTester lull = lull()) {
            String first = lull.says("alice", "Hello");
            sessions.says("alice", first);
            pass(lull, sessions, GAP);
            sessions.says("bob", lull.says("bob", "Hello"));
            String second = lull.says("alice", "you?");
            sessions.says("alice", second);
            sessions.endAll();
            lull.silence(GAP.plusMillis(1));

            assertThat(turns(lull).get("alice")).containsExactly(List.of(first, second));
            assertThat(sessions.closed().get("alice")).containsExactly(List.of(first), List.of(first, second));
        }
    }

    private static void sameTurnsAsSessions(int histories) {
        long first = Long.getLong("lull.seed", System.nanoTime());
        for (long seed = first; seed < first + histories; seed++) {
            sameTurnsAsSessions(seed);
        }
    }

    private static void sameTurnsAsSessions(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        try (Sessions sessions = new Sessions();
                TurnTopologyTester lull = lull()) {
            for (int i = 0; i < MESSAGES; i++) {
                String customer = "customer" + random.nextInt(4);
                sessions.says(customer, lull.says(customer, "Hello"));
                pass(lull, sessions, pause(random));
            }
            sessions.endAll();
            lull.silence(GAP.plusMillis(1));

            Map<String, List<List<String>>> turns = turns(lull);
            assertThat(turns).as("-Dlull.seed=%d", seed).isEqualTo(sessions.closed());
            assertThat(turns.values().stream().mapToInt(List::size).sum()).isBetween(MESSAGES / 20, MESSAGES - 1);
        }
    }

    /// Short, long, or such that the edge of some gap is hit to the millisecond.
    private static Duration pause(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ofMillis(1);
            case 1 -> GAP.plusMillis(random.nextInt(5) - 2);
            case 2 -> GAP.dividedBy(2).plusMillis(random.nextInt(3) - 1);
            default -> Duration.ofMillis(random.nextInt(4_000));
        };
    }

    private static TurnTopologyTester lull() {
        TurnPolicy usual = TurnPolicy.ofGap(GAP);
        return new TurnTopologyTester(new TurnPolicy(
                GAP,
                usual.rule(),
                usual.albumWindow(),
                Duration.ofDays(1),
                MESSAGES,
                Integer.MAX_VALUE,
                Set.of(),
                usual.joiner(),
                usual.kinds()));
    }

    private static void pass(TurnTopologyTester lull, Sessions sessions, Duration pause) {
        lull.silence(pause);
        sessions.pass(pause);
    }

    /// The ids of turns by customer, in their order.
    private static Map<String, List<List<String>>> turns(TurnTopologyTester lull) {
        return lull.turns().stream()
                .collect(groupingBy(
                        turn -> turn.customer().phone(), TreeMap::new, mapping(turn -> turn.messageIds(), toList())));
    }

    /// The DSL's session windows over pairs of a customer and a message's id. They tell of a session when it
    /// has ended.
    private static final class Sessions implements AutoCloseable {
        private static final String ENDS_ALL = "nobody";

        private final TurnTopologyTester.StateFolder state = new TurnTopologyTester.StateFolder();
        private final TopologyTestDriver driver;
        private final TestInputTopic<String, String> input;
        private final TestOutputTopic<String, String> output;
        private Instant now = Instant.parse("2026-01-05T10:00:00Z");

        Sessions() {
            Properties properties = new Properties();
            properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "sessions");
            properties.put(StreamsConfig.STATE_DIR_CONFIG, state.path());
            driver = new TopologyTestDriver(topology(), properties, now);
            input = driver.createInputTopic("messages", new StringSerializer(), new StringSerializer());
            output = driver.createOutputTopic("sessions", new StringDeserializer(), new StringDeserializer());
        }

        private static Topology topology() {
            StreamsBuilder builder = new StreamsBuilder();
            builder.stream("messages", Consumed.with(Serdes.String(), Serdes.String()))
                    .groupByKey()
                    .windowedBy(SessionWindows.ofInactivityGapWithNoGrace(GAP))
                    .aggregate(
                            () -> "",
                            (_, id, ids) -> ids + " " + id,
                            (_, before, after) -> before + after,
                            Materialized.with(Serdes.String(), Serdes.String()))
                    .suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()))
                    .toStream((window, _) -> window.key())
                    .to("sessions", Produced.with(Serdes.String(), Serdes.String()));
            return builder.build();
        }

        void pass(Duration pause) {
            now = now.plus(pause);
        }

        void says(String customer, String id) {
            input.pipeInput(customer, id, now);
        }

        /// Somebody writes when every gap has passed, and so ends the sessions of all others.
        void endAll() {
            pass(GAP.plus(GAP));
            input.pipeInput(ENDS_ALL, "", now);
        }

        Map<String, List<List<String>>> closed() {
            return output.readKeyValuesToList().stream()
                    .collect(groupingBy(
                            session -> session.key,
                            TreeMap::new,
                            mapping(session -> List.of(session.value.strip().split(" ", -1)), toList())));
        }

        @Override
        public void close() {
            driver.close();
            state.close();
        }
    }
}
