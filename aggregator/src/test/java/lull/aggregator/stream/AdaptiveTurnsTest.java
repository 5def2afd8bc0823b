package lull.aggregator.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import lull.aggregator.gap.Feature;
import lull.aggregator.gap.GapModel;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.TurnPolicy;
import lull.contract.json.Json;
import lull.contract.message.GapRule;
import lull.contract.turn.GapDecision;
import lull.contract.turn.GapDecision.By;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;
import lull.contract.turn.TurnItem;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AdaptiveTurnsTest {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final GapRule ADAPTIVE = rule(GapRule.Policy.ADAPTIVE);
    private static final GapRule SHADOW = rule(GapRule.Policy.SHADOW);
    private static final GapModel SHIPPED = GapModel.shipped();

    private TurnTopologyTester lull = tester(ADAPTIVE);

    @AfterEach
    void close() {
        lull.close();
    }

    @Test
    void waitsLessAfterAQuestionThanAfterHalfASentence() {
        Turn question = alone("alice", "ok?");
        Turn half = alone("bob", "I wanted to ask");

        assertThat(question.gap()).isLessThan(half.gap());
        assertThat(decision(question).by()).isEqualTo(By.ADAPTIVE);
        assertThat(decision(question).model()).isEqualTo(SHIPPED.version());
        assertThat(decision(question).adaptiveWait()).isEqualTo(question.gap());
        assertThat(decision(question).probability()).isLessThan(decision(half).probability());
        assertThat(question.cause()).isEqualTo(TurnCause.GAP);
    }

    @Test
    void waitsLongerForASlowTypistThanForAFastOneAfterAnHour() {
        long seed = System.nanoTime();
        System.out.println("Seed of the typists: " + seed);
        Random random = new Random(seed);
        for (Duration passed = Duration.ZERO; passed.compareTo(HOUR) < 0; ) {
            passed = passed.plus(burst("fast", () -> between(random, 800, 2_000), random))
                    .plus(burst("slow", () -> between(random, 9_000, 16_000), random));
        }

        Turn fast = alone("fast", "hello");
        Turn slow = alone("slow", "hello");

        assertThat(fast.gap()).isLessThan(slow.gap());
        assertThat(decision(fast).by()).isEqualTo(By.ADAPTIVE);
        assertThat(decision(slow).by()).isEqualTo(By.ADAPTIVE);
    }

    @Test
    void onlyRecordsInShadowWhatItWouldHaveDone() {
        restart(SHADOW);

        Turn turn = alone("alice", "ok?");

        assertThat(turn.gap()).isEqualTo(TEN_SECONDS);
        assertThat(decision(turn).by()).isEqualTo(By.SHADOW);
        assertThat(decision(turn).adaptiveWait()).isLessThan(TEN_SECONDS);
    }

    @Test
    void saysOfAnOpenTurnWhatTheTurnSaysWhenItIsClosed() {
        for (GapRule rule : List.of(ADAPTIVE, SHADOW)) {
            restart(rule);
            lull.says("alice", "I wanted to");
            GapDecision open = lull.decisionOfOpenTurn("alice").orElseThrow();
            lull.silence(LONG);

            assertThat(decision(lull.turns().getLast())).isEqualTo(open);
        }
        restart(GapRule.FIXED);
        lull.says("alice", "I wanted to");
        assertThat(lull.decisionOfOpenTurn("alice")).isEmpty();
    }

    @Test
    void saysNothingOfItInTurnsOfAFixedGap() {
        restart(GapRule.FIXED);
        lull.answers("alice");

        Turn turn = alone("alice", "ok?");

        assertThat(turn.gap()).isEqualTo(TEN_SECONDS);
        assertThat(turn.gapDecision()).isNull();
    }

    /// A model that expects no second message, among people who always write two.
    @Test
    void theFixedGapRulesWhereTheModelIsWrongUntilItIsBetterAgain() {
        GapModel wrong = new GapModel(
                "wrong", List.of(new GapModel.Term(Feature.RATE, 0, 1, 0, 0)), -9, 2, 0.7, SHIPPED.likes());
        lull.setsModel(wrong);
        lull.setsRule(new GapRule(GapRule.Policy.ADAPTIVE, 60.0, Duration.ofSeconds(2), null));
        for (int turn = 0; turn < 60; turn++) {
            lull.says("alice", "hello");
            lull.silence(Duration.ofSeconds(6));
            lull.says("alice", "hello");
            lull.silence(LONG);
            lull.answers("alice");
        }
        assertThat(lull.turns()).extracting(turn -> decision(turn).by()).contains(By.ADAPTIVE, By.FALLBACK);
        assertThat(lull.counted("lull.turns.cut")).isPositive();

        Turn misjudged = alone("alice", "hello");

        assertThat(misjudged.gap()).isEqualTo(TEN_SECONDS);
        assertThat(decision(misjudged))
                .extracting(GapDecision::by, GapDecision::model, GapDecision::adaptiveWait)
                .containsExactly(By.FALLBACK, "wrong", Duration.ofSeconds(2));
    }

    @Test
    void namesTheModelThatJudgedThoughItHasChangedSince() {
        lull.says("alice", "I wanted to ask");
        lull.setsModel(new GapModel("other", SHIPPED.terms(), 0, 2, 0.7, SHIPPED.likes()));
        lull.silence(LONG);
        assertThat(decision(lull.turns().getFirst()).model()).isEqualTo(SHIPPED.version());

        assertThat(decision(alone("alice", "I wanted to ask")).model()).isEqualTo("other");

        lull.setsModel(null);
        assertThat(decision(alone("alice", "I wanted to ask")).model()).isEqualTo(SHIPPED.version());
    }

    @Test
    void makesADeadLetterOfAModelThatItCannotReadAndKeepsTheOneBefore() throws Exception {
        String shipped = new String(Json.bytes(SHIPPED), StandardCharsets.UTF_8);
        List<String> unusable = List.of(
                "{\"version\":\"broken\"}",
                shipped.replaceFirst("\"spread\":[^,]*", "\"spread\":1e-300"),
                shipped.replaceFirst("\"logSilence\":[^,}]*", "\"logSilence\":1e308"));
        for (String model : unusable) {
            lull.pipe(
                    "",
                    ("{\"kind\":\"model\",\"model\":" + model + "}").getBytes(StandardCharsets.UTF_8),
                    new RecordHeaders());
        }

        assertThat(lull.deadLetters()).hasSize(unusable.size());
        assertThat(decision(alone("alice", "ok?")).model()).isEqualTo(SHIPPED.version());
    }

    @Test
    void changesItsRuleWhileItRuns() {
        restart(GapRule.FIXED);
        assertThat(alone("alice", "ok?").gapDecision()).isNull();

        lull.setsRule(ADAPTIVE);
        assertThat(alone("alice", "ok?").gap()).isLessThan(TEN_SECONDS);

        lull.setsRule(new GapRule(GapRule.Policy.ADAPTIVE, 66.0, Duration.ofSeconds(8), Duration.ofSeconds(9)));
        assertThat(alone("alice", "ok?").gap()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(9));

        // A floor above the gap could only make it longer.
        lull.setsRule(new GapRule(GapRule.Policy.ADAPTIVE, 66.0, Duration.ofSeconds(12), Duration.ofSeconds(13)));
        assertThat(alone("alice", "ok?").gap()).isEqualTo(TEN_SECONDS);

        lull.setsRule(null);
        assertThat(alone("alice", "ok?").gap()).isEqualTo(TEN_SECONDS);
    }

    @Test
    void aNumberMayHaveARuleOfItsOwn() {
        lull.close();
        TurnPolicy fixed = TurnPolicy.ofGap(TEN_SECONDS);
        InputPolicy policy = InputPolicy.of(fixed);
        lull = new TurnTopologyTester(new InputPolicy(
                fixed,
                Map.of(TurnTopologyTester.BUSINESS_NUMBER, fixed.with(ADAPTIVE)),
                InputPolicy.HolePolicy.OFF,
                policy.ackTimeout()));
        lull.setsRule(SHADOW);

        assertThat(decision(alone("alice", "ok?")).by()).isEqualTo(By.ADAPTIVE);
    }

    @Test
    void aButtonEndsItsTurnAtOnceWithoutTheModel() {
        lull.says("alice", "I wanted to ask");
        lull.sends("alice", Map.of("type", "button", "button", Map.of("text", "Yes", "payload", "yes")));

        Turn turn = lull.turns().getFirst();
        assertThat(turn.cause()).isEqualTo(TurnCause.KIND);
        assertThat(turn.gapDecision()).isNull();
    }

    @Test
    void countsThoughtsThatItCutUnlessTheBusinessHadAnswered() {
        lull.says("alice", "ok?");
        lull.silence(LONG);
        lull.answers("alice");
        lull.says("alice", "thanks!");
        lull.silence(LONG);
        assertThat(lull.counted("lull.turns.cut")).isZero();

        lull.says("alice", "and one more");
        assertThat(lull.counted("lull.turns.cut")).isEqualTo(1);
    }

    @Test
    void aTurnThatALimitEndedIsNotACutThought() {
        for (int message = 0; message <= TurnPolicy.ofGap(TEN_SECONDS).maxMessages(); message++) {
            lull.says("alice", "and");
            lull.silence(Duration.ofMillis(100));
        }
        lull.silence(LONG);

        assertThat(lull.turns()).extracting(Turn::cause).startsWith(TurnCause.MAX_MESSAGES);
        assertThat(lull.counted("lull.turns.cut")).isZero();
    }

    @Test
    void whoIsNotHeardOfForAWeekIsNew() {
        for (int turn = 0; turn < 40; turn++) {
            burst("slow", () -> Duration.ofSeconds(13), new Random(1));
        }
        Duration known = requireNonNull(alone("slow", "hello").gap());
        lull.silence(Duration.ofDays(8));

        lull.says("slow", "hello");
        lull.says("somebody else", "hello");
        lull.silence(LONG);

        assertThat(lull.turns())
                .hasSize(2)
                .extracting(Turn::gap)
                .allSatisfy(wait -> assertThat(wait).isLessThan(known))
                .satisfies(waits -> assertThat(waits.getFirst()).isEqualTo(waits.getLast()));
    }

    @Test
    void fivePhotosAreOneTurnThoughEveryMessageIsATurn() {
        lull.close();
        lull = new TurnTopologyTester(TurnPolicy.ofGap(Duration.ZERO));
        for (int photo = 1; photo <= 5; photo++) {
            lull.sends("alice", Map.of("type", "image", "image", Map.of("id", Integer.toString(photo))));
            lull.silence(Duration.ofMillis(400));
        }
        assertThat(lull.turns()).isEmpty();
        lull.silence(Duration.ofMillis(1_200));
        lull.says("alice", "Here they are");
        lull.says("alice", "All of them");

        List<Turn> turns = lull.turns();
        assertThat(turns).extracting(turn -> turn.items().size()).containsExactly(5, 1, 1);
        assertThat(turns.getFirst().cause()).isEqualTo(TurnCause.GAP);
        assertThat(turns.getFirst().gap()).isEqualTo(TurnPolicy.ALBUM_WINDOW);
        assertThat(turns.getLast().items()).extracting(TurnItem::text).containsExactly("All of them");
    }

    private static GapRule rule(GapRule.Policy policy) {
        return new GapRule(policy, null, Duration.ofSeconds(2), null);
    }

    private static TurnTopologyTester tester(GapRule rule) {
        return new TurnTopologyTester(
                InputPolicy.of(TurnPolicy.ofGap(TEN_SECONDS).with(rule)).with(InputPolicy.HolePolicy.OFF));
    }

    private void restart(GapRule rule) {
        lull.close();
        lull = tester(rule);
    }

    /// Somebody writes one message, and is answered much later. Returns the turn.
    private Turn alone(String customer, String text) {
        lull.says(customer, text);
        lull.silence(LONG);
        lull.answers(customer);
        lull.silence(LONG);
        return lull.turns().getLast();
    }

    /// Somebody writes two to five messages, and is answered. Returns how long that took.
    private Duration burst(String customer, Supplier<Duration> pause, Random random) {
        Duration taken = Duration.ZERO;
        int messages = random.nextInt(2, 6);
        for (int message = 0; message < messages; message++) {
            lull.says(customer, "hello");
            Duration silence = message == messages - 1 ? LONG : pause.get();
            lull.silence(silence);
            taken = taken.plus(silence);
        }
        lull.answers(customer);
        lull.silence(LONG);
        return taken.plus(LONG);
    }

    private static Duration between(Random random, int least, int most) {
        return Duration.ofMillis(random.nextInt(least, most));
    }

    private static GapDecision decision(Turn turn) {
        return requireNonNull(turn.gapDecision(), turn::toString);
    }
}
