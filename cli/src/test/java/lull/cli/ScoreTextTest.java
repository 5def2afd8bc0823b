package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import lull.aggregator.gap.Score;
import lull.contract.message.GapRule;
import org.junit.jupiter.api.Test;

/// How well the adaptive gap does, in words.
final class ScoreTextTest {

    private static final Score BETTER = new Score(1_240, -3_844, 260_000, 8_432, 12_400, 188, 191, 0);
    private static final Score WORSE = new Score(400, 800, 20_000, 4_000, 3_200, 60, 60, 1);

    @Test
    void saysWhatEachCostsAndHowSureThatIs() {
        assertThat(ScoreText.lines(BETTER, GapRule.Policy.ADAPTIVE))
                .containsExactly(
                        "adaptive 6.8 s delay, 15.2 % +/- 1.0 % cut; fixed 10.0 s, 15.4 % +/- 1.0 % (1,240 turns)",
                        "a turn costs 3.1 s +/- 0.4 s less with the adaptive gap");
    }

    @Test
    void saysWhereTheFixedGapRulesAndWhy() {
        assertThat(ScoreText.lines(WORSE, GapRule.Policy.ADAPTIVE))
                .containsExactly(
                        "adaptive 10.0 s delay, 15.0 % +/- 1.8 % cut; fixed 8.0 s, 15.0 % +/- 1.8 % (400 turns)",
                        "a turn costs 2.0 s +/- 0.3 s more with the adaptive gap",
                        "the fixed gap rules in 1 partition, because turns cost more with the adaptive gap there");
        assertThat(ScoreText.lines(WORSE.plus(WORSE), GapRule.Policy.SHADOW).getLast())
                .isEqualTo("the fixed gap would rule in 2 partitions, because turns cost more with the adaptive gap"
                        + " there");
        assertThat(ScoreText.lines(WORSE, GapRule.Policy.FIXED)).hasSize(2);
    }

    @Test
    void judgesNothingByAFewTurns() {
        assertThat(ScoreText.lines(new Score(12, -30, 90, 60, 90, 1, 1, 0), GapRule.Policy.SHADOW))
                .containsExactly("not enough turns yet to judge the adaptive gap (12)");
    }
}
