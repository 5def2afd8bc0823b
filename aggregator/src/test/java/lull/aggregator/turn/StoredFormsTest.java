package lull.aggregator.turn;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lull.aggregator.gap.AdaptiveGap;
import lull.aggregator.gap.Business;
import lull.aggregator.gap.Feature;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.GapModels;
import lull.aggregator.gap.Sender;
import lull.aggregator.gap.TextShape;
import lull.aggregator.route.RoutesInForce;
import lull.contract.message.Content;
import lull.contract.message.FlagRule;
import lull.contract.message.GapRule;
import lull.contract.message.Route;
import lull.contract.message.RouteSetting;
import lull.contract.topic.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds what the stores contain to files that versions of Lull have written: this version reads all of them and
/// writes the latest, so that the version before reads what this one writes. A change of a form needs two releases: the
/// first reads both and writes the old one, the second writes the new one.
final class StoredFormsTest {

    private static final long FIRST = 1_760_000_000_000L;
    private static final long LAST = FIRST + 1_500;
    private static final long GAP = 5_000;
    private static final long MAX_DURATION = 60_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsTheOpenTurnsOfEveryVersion(int version) throws Exception {
        OpenTurn turn = OpenTurn.of(stored("open-turn-" + version));

        assertThat(turn.messages()).isEqualTo(2);
        assertThat(turn.firstOffset()).isEqualTo(41);
        assertThat(turn.firstTime()).isEqualTo(FIRST);
        assertThat(turn.lastTime()).isEqualTo(LAST);
        assertThat(turn.lastReceived()).isEqualTo(LAST + 100);
        assertThat(turn.deadline()).isEqualTo(LAST + GAP);
        assertThat(turn.gap()).isEqualTo(GAP);
        assertThat(turn.frames()).extracting(OpenTurn.Frame::offset).containsExactly(41L, 43L);
        assertThat(turn.frames())
                .extracting(frame -> InputEvent.of(frame.bytes()))
                .extracting(event -> ((Content.Text) ((ParsedMessage) event).content()).body())
                .containsExactly("Hello", "How are you?");
        assertThat(turn.has(SeenMessages.hash("wamid.FIXTURE1"), FIRST)).isTrue();
        assertThat(turn.has(SeenMessages.hash("wamid.FIXTURE2"), LAST)).isTrue();
        assertThat(turn.has(SeenMessages.hash("wamid.FIXTURE3"), FIRST)).isFalse();
        assertThat(turn.messageBytes())
                .isEqualTo(values().stream().mapToInt(value -> value.length).sum());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void joinsMessagesToThem(int version) throws Exception {
        OpenTurn turn = OpenTurn.of(stored("open-turn-" + version));
        byte[] third = values().getFirst();

        OpenTurn joined = OpenTurn.of(turn.join(44, 7, third, LAST + 10, LAST + 20, GAP, MAX_DURATION, null)
                .toBytes());

        assertThat(joined.messages()).isEqualTo(3);
        assertThat(joined.frames()).extracting(OpenTurn.Frame::bytes).last().isEqualTo(third);
        assertThat(joined.sender()).isEqualTo(turn.sender());
        assertThat(joined.addedTo(SeenMessages.of(null)).has(SeenMessages.hash("wamid.FIXTURE2"), LAST))
                .isTrue();
    }

    /// A further store needs a file, and a test that reads it.
    @Test
    void everyStoreHasFiles() {
        Map<String, List<String>> files = Map.of(
                Topics.OPEN_TURNS,
                List.of("open-turn-1", "open-turn-2", "open-turn-3", "partition-state", "partition-state-with-rules"),
                "duplicates",
                List.of("seen-messages", "sender", "business", "gap-model", "gap-model-2", "routes", "flags"));

        assertThat(files.keySet()).containsExactlyInAnyOrderElementsOf(Topics.STORES);
        assertThat(files.values())
                .allSatisfy(names -> assertThat(names)
                        .allSatisfy(name -> assertThat(stored(name)).isNotEmpty()));
    }

    @Test
    void writesOpenTurnsAsTheVersionBeforeReadsThem() throws Exception {
        List<byte[]> values = values();
        OpenTurn turn = OpenTurn.open(
                        41,
                        SeenMessages.hash("wamid.FIXTURE1"),
                        values.getFirst(),
                        FIRST,
                        FIRST + 100,
                        GAP,
                        MAX_DURATION,
                        null)
                .join(
                        43,
                        SeenMessages.hash("wamid.FIXTURE2"),
                        values.getLast(),
                        LAST,
                        LAST + 100,
                        GAP,
                        MAX_DURATION,
                        null);

        assertThat(hex(turn.toBytes())).isEqualTo(hex(stored("open-turn-2")));
    }

    /// The version before has no adaptive gap, so it never meets this form unless the gap has adapted.
    @Test
    void writesOpenTurnsWithTheirSenderWhereTheGapAdapts() throws Exception {
        OpenTurn fixed = OpenTurn.of(stored("open-turn-2"));

        OpenTurn adapted = fixed.with(stored("sender"));

        assertThat(hex(adapted.toBytes())).isEqualTo(hex(stored("open-turn-3")));
        assertThat(adapted.sender()).isEqualTo(stored("sender"));
        assertThat(hex(adapted.with(stored("sender")).toBytes())).isEqualTo(hex(stored("open-turn-3")));
        assertThat(fixed.sender()).isNull();
    }

    @Test
    void saysWhichVersionReadsAnOpenTurnOfALaterOne() throws Exception {
        byte[] later = stored("open-turn-2");
        later[0] = 4;

        assertThatThrownBy(() -> OpenTurn.of(later))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("An open turn of the store has version 4, and this version of Lull reads 1 to 3: run the"
                        + " version of Lull that has written it, or a later one");
        assertThatThrownBy(() -> OpenTurn.of(new byte[3])).hasMessageContaining("has 3 bytes");
        byte[] cut = Arrays.copyOf(stored("open-turn-3"), 100);
        assertThatThrownBy(() -> OpenTurn.of(cut)).hasMessageContaining("has 100 bytes");
    }

    @Test
    void readsAndWritesTheStateOfAPartition() throws Exception {
        LogClock clock = new LogClock(FIRST, LAST, LogClock.UNSET);
        GapsInForce gaps = new GapsInForce(
                new TreeMap<>(Map.of(
                        GapsInForce.ALL_OTHERS, Duration.ofSeconds(8), "100000000000001", Duration.ofMillis(2_500))),
                new TreeMap<>());
        ByteBuffer in = ByteBuffer.wrap(stored("partition-state"));

        assertThat(LogClock.read(in)).isEqualTo(clock);
        assertThat(GapsInForce.read(in)).isEqualTo(gaps);
        assertThat(hex(gaps.write(clock))).isEqualTo(hex(stored("partition-state")));
    }

    @Test
    void readsAStateWithoutGaps() throws Exception {
        ByteBuffer in = ByteBuffer.wrap(stored("partition-state"), 0, LogClock.BYTES);

        assertThat(LogClock.read(in).now()).isEqualTo(FIRST);
        assertThat(GapsInForce.read(in)).isEqualTo(GapsInForce.NONE);
    }

    @Test
    void readsAndWritesWhatAConversationHasSeen() throws Exception {
        SeenMessages seen = SeenMessages.of(null)
                .with(SeenMessages.hash("wamid.FIXTURE1"), FIRST)
                .with(SeenMessages.hash("wamid.FIXTURE2"), LAST);

        assertThat(hex(seen.toBytes())).isEqualTo(hex(stored("seen-messages")));
        assertThat(SeenMessages.of(stored("seen-messages")).has(SeenMessages.hash("wamid.FIXTURE2"), LAST))
                .isTrue();
    }

    @Test
    void readsAndWritesTheRulesOfAPartitionWhereTheVersionBeforeDoesNotLook() throws Exception {
        LogClock clock = new LogClock(FIRST, LAST, LogClock.UNSET);
        GapsInForce gaps = new GapsInForce(
                new TreeMap<>(Map.of(GapsInForce.ALL_OTHERS, Duration.ofSeconds(8))),
                new TreeMap<>(Map.of(
                        GapsInForce.ALL_OTHERS,
                        new GapRule(GapRule.Policy.SHADOW, null, Duration.ofSeconds(2), null),
                        "100000000000001",
                        new GapRule(GapRule.Policy.ADAPTIVE, 66.0, Duration.ofSeconds(1), Duration.ofSeconds(20)))));
        ByteBuffer in = ByteBuffer.wrap(stored("partition-state-with-rules"));

        assertThat(LogClock.read(in)).isEqualTo(clock);
        assertThat(GapsInForce.read(in)).isEqualTo(gaps);
        assertThat(hex(gaps.write(clock))).isEqualTo(hex(stored("partition-state-with-rules")));
        assertThat(hex(gaps.write(clock)))
                .startsWith(hex(new GapsInForce(gaps.byNumber(), new TreeMap<>()).write(clock)));
    }

    @Test
    void readsAndWritesWhatIsKnownOfASenderAndABusiness() throws Exception {
        Sender sender = new Sender();
        Business business = new Business();
        GapModel model = GapModel.shipped();
        AdaptiveGap gap =
                new AdaptiveGap(model, AdaptiveGap.Options.like(Duration.ofSeconds(10), Duration.ofSeconds(2), model));
        gap.wrote(sender, business, FIRST, TextShape.of("Hello"));
        gap.wrote(sender, business, LAST, TextShape.of("How are you?"));
        gap.answered(sender, business, LAST + 5_000);
        gap.wrote(sender, business, LAST + 9_000, TextShape.of("Fine, and"));

        assertThat(hex(sender.toBytes())).isEqualTo(hex(stored("sender")));
        assertThat(hex(Sender.of(stored("sender")).toBytes())).isEqualTo(hex(stored("sender")));
        assertThat(hex(business.toBytes())).isEqualTo(hex(stored("business-of-a-rule")));
        assertThat(hex(Business.of(stored("business-of-a-rule")).toBytes()))
                .isEqualTo(hex(stored("business-of-a-rule")));
        assertThat(hex(Business.of(stored("business")).toBytes())).isEqualTo(hex(stored("business")));
    }

    @Test
    void readsAndWritesTheModelOfAPartition() throws Exception {
        GapModel small = new GapModel(
                "small",
                List.of(new GapModel.Term(Feature.LOG_LENGTH, 0.5, 1.25, -0.5, 0.125)),
                -1,
                2,
                0.75,
                List.of(new GapModel.Like(Duration.ofSeconds(10), 66)));
        GapModels models = GapModels.SHIPPED.with(null).with(small);

        assertThat(hex(models.toBytes())).isEqualTo(hex(stored("gap-model-2")));
        for (String form : List.of("gap-model", "gap-model-2")) {
            GapModels read = GapModels.of(stored(form));
            assertThat(read.current()).isEqualTo(small);
            assertThat(read.slot()).isEqualTo(models.slot());
            assertThat(read.digests())
                    .isEqualTo(models.digests())
                    .containsOnlyKeys("small", GapModel.shipped().version());
        }
    }

    @Test
    void readsAndWritesTheFlagsOfAPartition() throws Exception {
        RoutesInForce flags = RoutesInForce.of(new RouteSetting(
                null,
                11,
                List.of(
                        new FlagRule("typing", "100000000000001", 12.5, false),
                        new FlagRule("gathering", null, 100, true))));

        assertThat(hex(flags.toBytes())).isEqualTo(hex(stored("flags")));
        assertThat(RoutesInForce.of(stored("flags"))).isEqualTo(flags);
    }

    @Test
    void readsAndWritesTheRoutesOfAPartition() throws Exception {
        RoutesInForce routes = RoutesInForce.of(new RouteSetting(
                List.of(
                        new Route("pilot", "shop", "100000000000001", 12.5, "bot"),
                        new Route("rest", null, null, 100, "connect")),
                7));

        assertThat(hex(routes.toBytes())).isEqualTo(hex(stored("routes")));
        assertThat(RoutesInForce.of(stored("routes"))).isEqualTo(routes);
        assertThat(RoutesInForce.of(new RoutesInForce(8, null, List.of()).toBytes()))
                .isEqualTo(new RoutesInForce(8, null, List.of()));
        assertThat(PartitionTurns.isForgotten(RouteKeeper.KEY, stored("routes"), Long.MAX_VALUE))
                .isFalse();
    }

    /// The version before takes every entry of this store for ids, and sweeps those that have expired.
    @ParameterizedTest
    @ValueSource(strings = {"sender", "business", "gap-model", "gap-model-2", "routes"})
    void theVersionBeforeKeepsWhatItDoesNotKnow(String name) throws Exception {
        SeenMessages asIds = SeenMessages.of(stored(name));

        assertThat(asIds.forgotten(LAST + 9_000)).isFalse();
        assertThat(asIds.has(SeenMessages.hash("wamid.FIXTURE1"), LAST)).isFalse();
    }

    /// The messages of the stored turns, whose bytes no version changes.
    private static List<byte[]> values() throws IOException {
        return OpenTurn.of(stored("open-turn-1")).frames().stream()
                .map(OpenTurn.Frame::bytes)
                .toList();
    }

    private static byte[] stored(String name) throws IOException {
        try (InputStream in =
                requireNonNull(StoredFormsTest.class.getResourceAsStream("/stored/" + name + ".hex"), name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(text.replace("\n", ""));
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
