package lull.aggregator.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lull.contract.turn.GapDecision;
import org.junit.jupiter.api.Test;

final class AdaptiveGapTest {

    private static final GapModel MODEL = GapModel.shipped();
    private static final Duration FIXED = Duration.ofSeconds(10);
    private static final Duration FLOOR = Duration.ofSeconds(2);
    private static final List<Ending> ENDINGS = List.of(Ending.values());
    private static final int ALL_TRAITS = 255;
    private static final MessageShape WORD = TextShape.of("hello");

    private final AdaptiveGap gap = new AdaptiveGap(MODEL, AdaptiveGap.Options.like(FIXED, FLOOR, MODEL));
    private final Business business = new Business();

    @Test
    void waitsLessAfterAQuestionThanAfterHalfASentence() {
        assertThat(after("ok?")).isLessThan(after("I wanted to ask"));
        assertThat(after("Can I pay by card?")).isLessThan(after("Can I pay by"));
    }

    @Test
    void waitsAtLeastTheFloorAndAtMostTheCap() {
        Random random = new Random(1);
        Sender sender = new Sender();
        long at = 0;
        for (int i = 0; i < 2_000; i++) {
            at += random.nextInt(90_000);
            MessageShape shape = new MessageShape(
                    random.nextInt(300), ENDINGS.get(random.nextInt(ENDINGS.size())), random.nextInt(ALL_TRAITS + 1));

            AdaptiveGap.Decision decision = gap.wrote(sender, business, at, shape);

            assertThat(decision.policy()).isBetween(FLOOR, FIXED.multipliedBy(2));
            assertThat(decision.policy().toMillis() % 50).isZero();
            assertThat(decision.probability()).isBetween(0.0, 1.0);
            if (random.nextInt(3) == 0) {
                at += random.nextInt(30_000);
                gap.answered(sender, business, at);
            }
        }
    }

    @Test
    void learnsThatOneSenderIsFastAndAnotherSlow() {
        Sender fast = new Sender();
        Sender slow = new Sender();
        talk(fast, 1_500);
        talk(slow, 15_000);

        Duration fastWait = gap.wrote(fast, new Business(), 10_000_000, WORD).policy();
        Duration slowWait = gap.wrote(slow, new Business(), 10_000_000, WORD).policy();

        assertThat(fastWait).isLessThan(slowWait);
    }

    @Test
    void anotherRuleIsComparedAnew() {
        AdaptiveGap absurd = new AdaptiveGap(
                MODEL, new AdaptiveGap.Options(1, Duration.ofSeconds(25), Duration.ofSeconds(25), FIXED));
        converse(absurd, business, 100);
        assertThat(business.comparison().isWorse()).isTrue();
        assertThat(gap.isComparedIn(business)).isFalse();

        AdaptiveGap.Decision first = gap.wrote(new Sender(), business, 0, WORD);

        assertThat(first.by()).isEqualTo(GapDecision.By.ADAPTIVE);
        assertThat(gap.isComparedIn(business)).isTrue();
        assertThat(business.comparison().score().turns()).isZero();
    }

    @Test
    void theSameRuleIsComparedFurtherWhetherItDecidesOrIsTried() {
        converse(gap, business, 100);
        double turns = business.comparison().score().turns();
        AdaptiveGap tried =
                new AdaptiveGap(MODEL, AdaptiveGap.Options.like(FIXED, FLOOR, MODEL), GapDecision.By.SHADOW, 0);

        converse(tried, business, 1);

        assertThat(business.comparison().score().turns()).isGreaterThan(turns);
    }

    @Test
    void aMessageThatWasJudgedBeforeAChangeDoesNotCount() {
        AdaptiveGap patient = new AdaptiveGap(
                MODEL, new AdaptiveGap.Options(1, Duration.ofSeconds(25), Duration.ofSeconds(25), FIXED));
        Sender sender = new Sender();
        patient.wrote(sender, business, 0, WORD);

        gap.answered(sender, business, 90_000);

        assertThat(business.comparison().score().turns()).isZero();
    }

    @Test
    void whatWasLearnedWithAWrongModelIsForgottenWithIt() {
        GapModel wrong = new GapModel(
                "wrong", MODEL.terms(), MODEL.logOdds() + 6, MODEL.logSilence() + 6, MODEL.spread(), MODEL.likes());
        Duration before = gap.wrote(new Sender(), business, 0, WORD).policy();
        converse(new AdaptiveGap(wrong, AdaptiveGap.Options.like(FIXED, FLOOR, MODEL)), business, 300);

        assertThat(gap.wrote(new Sender(), business, 0, WORD).policy()).isEqualTo(before);
    }

    @Test
    void whatIsNoNumberIsNotLearned() {
        for (double absurd : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300}) {
            Business other = new Business();
            other.learn(new Outlook(absurd, absurd, 1), new Sender.Outcome(true, 3_000));
            other.learn(new Outlook(absurd, -absurd, 1), new Sender.Outcome(false, 0));

            Duration wait = gap.wrote(new Sender(), other, 0, WORD).policy();

            assertThat(gap.wrote(new Sender(), other, 0, WORD).probability()).isBetween(0.0, 1.0);
            assertThat(wait).isBetween(FLOOR, FIXED.multipliedBy(2));
        }
    }

    @Test
    void whatAnEarlierVersionLearnedIsKeptUnlessItIsNoNumber() {
        converse(gap, business, 100);
        byte[] stored = business.toBytes();
        // The digests of model and rule, which an earlier version did not write.
        Arrays.fill(stored, 2, 8, (byte) 0);
        Business read = Business.of(stored);

        assertThat(gap.isComparedIn(read)).isTrue();
        assertThat(gap.wrote(new Sender(), read, 0, WORD)).isEqualTo(gap.wrote(new Sender(), business, 0, WORD));
        assertThat(read.toBytes()).isEqualTo(business.toBytes());

        ByteBuffer.wrap(stored).putFloat(16, Float.NaN).putFloat(20, Float.NEGATIVE_INFINITY);
        assertThat(gap.wrote(new Sender(), Business.of(stored), 0, WORD).probability())
                .isBetween(0.0, 1.0);
    }

    /// Turns of one message, each answered after a minute and a half.
    private static void converse(AdaptiveGap rule, Business at, int turns) {
        for (int turn = 0; turn < turns; turn++) {
            Sender sender = new Sender();
            rule.wrote(sender, at, 0, WORD);
            rule.answered(sender, at, 90_000);
        }
    }

    @Test
    void theSameMessagesLeadToTheSameWaits() {
        assertThat(waits(7)).isEqualTo(waits(7)).isNotEqualTo(waits(8));
    }

    /// As after a restart at every record.
    @Test
    void whatIsWrittenAndReadBetweenAllMessagesDecidesTheSame() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Sender kept = new Sender();
            Sender stored = new Sender();
            Business keptBusiness = new Business();
            Business storedBusiness = new Business();
            long at = 1_764_300_000_000L;
            for (int i = 0; i < 300; i++) {
                at += random.nextInt(90_000);
                MessageShape shape = new MessageShape(
                        random.nextInt(300),
                        ENDINGS.get(random.nextInt(ENDINGS.size())),
                        random.nextInt(ALL_TRAITS + 1));
                stored = Sender.of(stored.toBytes());
                storedBusiness = Business.of(storedBusiness.toBytes());

                assertThat(gap.wrote(stored, storedBusiness, at, shape))
                        .as("seed %s, message %s", seed, i)
                        .isEqualTo(gap.wrote(kept, keptBusiness, at, shape));

                if (random.nextInt(3) == 0) {
                    at += random.nextInt(90_000);
                    stored = Sender.of(stored.toBytes());
                    storedBusiness = Business.of(storedBusiness.toBytes());
                    gap.answered(stored, storedBusiness, at);
                    gap.answered(kept, keptBusiness, at);
                }
                assertThat(stored.toBytes()).isEqualTo(kept.toBytes()).hasSizeLessThanOrEqualTo(64);
                assertThat(storedBusiness.toBytes()).isEqualTo(keptBusiness.toBytes());
            }
        }
    }

    @Test
    void whatALaterVersionWroteIsNotGuessed() {
        byte[] sender = new Sender().toBytes();
        byte[] ofBusiness = new Business().toBytes();
        sender[0] = (byte) 0x80;
        ofBusiness[0] = 2;

        assertThatIllegalStateException()
                .isThrownBy(() -> Sender.of(sender))
                .withMessageStartingWith("A sender of the store has version 2")
                .withMessageEndingWith("run the version of Lull that has written it, or a later one");
        assertThatIllegalStateException()
                .isThrownBy(() -> Business.of(ofBusiness))
                .withMessageContaining("has version 2");
        assertThat(Sender.of(null).toBytes()).isEqualTo(new Sender().toBytes());
    }

    /// A model that expects no second message, among people who always write two.
    @Test
    void theFixedGapRulesWhereThePolicyIsWorseAndThePolicyOnceItIsBetter() {
        GapModel wrong = new GapModel("wrong", List.of(), -9, 2, 0.7, MODEL.likes());
        AdaptiveGap misled = new AdaptiveGap(wrong, new AdaptiveGap.Options(60, FLOOR, Duration.ofSeconds(20), FIXED));
        Business misjudged = new Business();
        long at = 0;
        for (int turn = 0; turn < 60; turn++) {
            at = pair(misled, misjudged, at, 6_000);
        }

        assertThat(misjudged.comparison().isWorse()).isTrue();
        assertThat(misjudged.comparison().score().adaptiveCuts())
                .isGreaterThan(misjudged.comparison().score().fixedCuts());
        assertThat(misled.wrote(new Sender(), misjudged, at, WORD).gap()).isEqualTo(FIXED);
        assertThat(misled.wrote(new Sender(), misjudged, at, WORD).policy()).isEqualTo(FLOOR);

        for (int turn = 0; turn < 3_000; turn++) {
            Sender sender = new Sender();
            misled.wrote(sender, misjudged, at, WORD);
            misled.answered(sender, misjudged, at + 30_000);
        }
        assertThat(misjudged.comparison().isWorse()).isFalse();
        assertThat(misled.wrote(new Sender(), misjudged, at, WORD).gap()).isEqualTo(FLOOR);
    }

    @Test
    void learnsHowCustomersOfABusinessDiffer() {
        GapModel wrong = new GapModel("wrong", List.of(), -3, 2, 0.7, MODEL.likes());
        AdaptiveGap misled = new AdaptiveGap(wrong, new AdaptiveGap.Options(60, FLOOR, Duration.ofSeconds(20), FIXED));
        Business chatty = new Business();
        double before = misled.wrote(new Sender(), chatty, 0, WORD).probability();
        long at = 0;
        for (int turn = 0; turn < 200; turn++) {
            at = pair(misled, chatty, at, 6_000);
        }

        double after = misled.wrote(new Sender(), chatty, at, WORD).probability();
        assertThat(before).isLessThan(0.1);
        assertThat(after).isBetween(0.3, 0.7);
    }

    @Test
    void refusesOptionsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdaptiveGap.Options(0, FLOOR, FIXED, FIXED))
                .withMessage("A cut thought must be worth more than 0 seconds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdaptiveGap.Options(60, FIXED, FLOOR, FIXED))
                .withMessage("The floor must be between 0 and the cap");
    }

    private Duration after(String text) {
        return gap.wrote(new Sender(), new Business(), 0, TextShape.of(text)).policy();
    }

    /// Two messages, and an answer; returns when the next turn begins.
    private static long pair(AdaptiveGap gap, Business business, long at, long silence) {
        Sender sender = new Sender();
        gap.wrote(sender, business, at, WORD);
        gap.wrote(sender, business, at + silence, WORD);
        gap.answered(sender, business, at + silence + 30_000);
        return at + silence + 60_000;
    }

    private void talk(Sender sender, long silence) {
        Business own = new Business();
        long at = 0;
        for (int turn = 0; turn < 60; turn++) {
            for (int message = 0; message < 4; message++) {
                gap.wrote(sender, own, at, WORD);
                at += silence;
            }
            gap.answered(sender, own, at + 30_000);
            at += 60_000;
        }
    }

    private List<Duration> waits(long seed) {
        Random random = new Random(seed);
        Sender sender = new Sender();
        Business own = new Business();
        List<Duration> waits = new ArrayList<>();
        long at = 0;
        for (int i = 0; i < 200; i++) {
            at += random.nextInt(40_000);
            waits.add(gap.wrote(sender, own, at, new MessageShape(random.nextInt(90), Ending.NOTHING, 0))
                    .policy());
        }
        return waits;
    }
}
