package lull.aggregator.gap.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lull.aggregator.gap.Ending;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.MessageShape;
import lull.aggregator.gap.advice.GapAdvice.Candidate;
import lull.contract.message.GapRule;
import org.junit.jupiter.api.Test;

/// Numbers that were calculated by hand.
final class GapAdviceTest {

    private static final MessageShape TEXT = MessageShape.of(10, Ending.PERIOD, Set.of());
    private static final MessageShape LONG = MessageShape.of(1_500, Ending.PERIOD, Set.of());
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int CUSTOMER = 0;
    private static final int BUSINESS = 1;

    @Test
    void countsCutTurnsAndChatMessagesOfFixedGaps() throws Exception {
        // Silences of 4 s and 9 s, an answer, and another turn of one message.
        Trace two = trace(customer(0), customer(4), customer(13), business(20), customer(100));

        GapAdvice advice = advice(repeated(two, 20), HOUR, 3, 4, 8, 9, 60);

        assertThat(advice.conversations()).isEqualTo(20);
        assertThat(advice.messages()).isEqualTo(80);
        assertThat(advice.turns()).isEqualTo(40);
        assertThat(advice.points())
                .extracting(point -> point.connect().value())
                .containsExactly(80.0, 60.0, 60.0, 40.0, 40.0);
        assertThat(advice.points()).extracting(point -> point.cut().value()).containsExactly(0.5, 0.5, 0.5, 0.0, 0.0);
        assertThat(advice.points())
                .extracting(point -> point.delay().value())
                .containsExactly(3.0, 4.0, 8.0, 9.0, 60.0);
    }

    /// All conversations are alike, so nothing differs between them.
    @Test
    void errorsComeFromDifferencesBetweenConversations() throws Exception {
        Trace cut = trace(customer(0), customer(9), business(20), customer(100), customer(109));
        Trace whole = trace(customer(0), business(20), customer(100));
        List<Trace> mixed = new ArrayList<>(repeated(cut, 10));
        mixed.addAll(repeated(whole, 10));

        assertThat(advice(repeated(cut, 20), HOUR, 5).points().getFirst().cut()).isEqualTo(new Estimate(1, 0));
        GapAdvice.Point point = advice(mixed, HOUR, 5).points().getFirst();

        assertThat(point.cut().value()).isEqualTo(0.5);
        // Each of the 20 has a residual of 1: sqrt(20 * 20 / 19) / 40 turns.
        assertThat(point.cut().error()).isCloseTo(Math.sqrt(20.0 * 20 / 19) / 40, within(1e-12));
        // 10 with 4 messages and 10 with 2: each is 1 from the mean of 3.
        assertThat(point.connect().value()).isEqualTo(60);
        assertThat(point.connect().error()).isCloseTo(Math.sqrt(20.0 * 20 / 19), within(1e-12));
    }

    @Test
    void anAnswerEndsAThoughtButNotATurnOfLull() throws Exception {
        Trace trace = trace(customer(0), business(2), customer(4), business(90), customer(180));

        GapAdvice.Point point = advice(repeated(trace, 10), HOUR, 5).points().getFirst();

        assertThat(point.cut().value()).isZero();
        assertThat(point.connect().value()).as("both messages are in one turn").isEqualTo(20);
    }

    @Test
    void aTurnLastsNoLongerThanItMay() throws Exception {
        Trace trace = trace(customer(0), customer(9), customer(18), customer(27), customer(36));

        GapAdvice.Point point =
                advice(repeated(trace, 30), Duration.ofSeconds(30), 10).points().getFirst();

        assertThat(point.cut().value()).isEqualTo(1);
        assertThat(point.connect().value()).isEqualTo(60);
        assertThat(point.delay().value()).isEqualTo(10);
        GapAdvice.Point early = advice(
                        repeated(trace(customer(0), customer(9), customer(18)), 30), Duration.ofSeconds(20), 10)
                .points()
                .getFirst();
        assertThat(early.delay().value()).as("20 s after the first message").isEqualTo(2);
    }

    @Test
    void textsAreJoinedUpToTheSizeOfAChatMessageAndFilesAreNot() throws Exception {
        Trace trace = trace(
                line(0, TEXT), line(1, LONG), line(2, MessageShape.MEDIA), line(3, TEXT), line(4, TEXT), line(5, LONG));

        // 10 + 1 + 1,500 characters are two, the file is one, and 1,522 characters are two.
        assertThat(advice(repeated(trace, 30), HOUR, 10)
                        .points()
                        .getFirst()
                        .connect()
                        .value())
                .isEqualTo(30 * 5);
    }

    @Test
    void aMessageThatEndsItsTurnIsNotWaitedFor() throws Exception {
        Trace trace = trace(
                customer(0),
                new Trace.Line(2_000, CUSTOMER, MessageShape.MEDIA, false, true),
                new Trace.Line(4_000, CUSTOMER, TEXT, true));

        GapAdvice.Point point = advice(repeated(trace, 30), HOUR, 10).points().getFirst();

        assertThat(point.connect().value()).isEqualTo(90);
        assertThat(point.cut().value()).isZero();
        assertThat(point.delay().value()).isEqualTo(5);
    }

    @Test
    void aGapAboveTheMaximumDurationCountsAsThatToo() throws Exception {
        Trace trace = trace(customer(0), customer(40));

        assertThat(advice(repeated(trace, 30), Duration.ofSeconds(30), 30, 50).points())
                .extracting(point -> point.cut().value())
                .containsExactly(1.0, 0.0);
    }

    @Test
    void aPolicyThatIsOnlyTriedWaitsAsTheGap() throws Exception {
        Candidate shadow = new Candidate(
                Duration.ofSeconds(10), new GapRule(GapRule.Policy.SHADOW, null, Duration.ofSeconds(2), null));
        Candidate adaptive = Candidate.like(Duration.ofSeconds(10));
        List<Trace> traces = repeated(trace(customer(0), customer(4), business(20)), 30);

        GapAdvice advice = GapAdvice.of(traces, List.of(shadow, adaptive), HOUR, GapModel.shipped());

        assertThat(advice.points().getFirst().delay().value()).isEqualTo(10);
        assertThat(advice.points().getLast().delay().value())
                .isBetween(2.0, 20.0)
                .isNotEqualTo(10);
    }

    @Test
    void saysNothingOfTooFewTurns() throws Exception {
        assertThat(advice(repeated(trace(customer(0)), 29), HOUR, 5).points()).isEmpty();
        assertThat(advice(repeated(trace(customer(0)), 30), HOUR, 5).points()).hasSize(1);
    }

    @Test
    void endsWhenTheThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> advice(repeated(trace(customer(0)), 30), HOUR, 5));
    }

    private static GapAdvice advice(List<Trace> traces, Duration maxDuration, int... seconds) throws Exception {
        List<Candidate> candidates = new ArrayList<>();
        for (int gap : seconds) {
            candidates.add(Candidate.fixed(Duration.ofSeconds(gap)));
        }
        return GapAdvice.of(traces, candidates, maxDuration, GapModel.shipped());
    }

    private static List<Trace> repeated(Trace trace, int times) {
        List<Trace> traces = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            traces.add(trace);
        }
        return traces;
    }

    private static Trace trace(Trace.Line... lines) {
        return Trace.of("c", "s", CUSTOMER, List.of(lines));
    }

    private static Trace.Line line(int second, MessageShape shape) {
        return new Trace.Line(second * 1_000L, CUSTOMER, shape, false);
    }

    private static Trace.Line customer(int second) {
        return line(second, TEXT);
    }

    private static Trace.Line business(int second) {
        return new Trace.Line(second * 1_000L, BUSINESS, TEXT, false);
    }
}
