package lull.aggregator.inforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.Score;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.TurnPolicy;
import lull.contract.json.Json;
import lull.contract.message.GapRule;
import org.junit.jupiter.api.Test;

/// What operators see of gaps and of their rules, in all partitions.
final class GapReportTest {

    private static final String NUMBER = "100000000000001";
    private static final GapRule ADAPTIVE =
            new GapRule(GapRule.Policy.ADAPTIVE, 66.0, Duration.ofSeconds(2), Duration.ofSeconds(20));
    private static final Score SCORE = new Score(40, -80, 400, 200, 280, 6, 6, 0);
    private static final Score WORSE = new Score(60, 120, 500, 400, 300, 12, 10, 1);

    @Test
    void sumsTheScoreOfANumberOverThePartitions() {
        GapReport report = report(Map.of(0, told("lull-1", Map.of(), SCORE), 1, told("lull-1", Map.of(), WORSE)));

        assertThat(report.gaps()).extracting(GapReport.Gap::businessNumber).containsExactly(null, NUMBER);
        assertThat(report.gaps().getFirst().score()).isNull();
        assertThat(report.gaps().getLast().score()).isEqualTo(SCORE.plus(WORSE));
        assertThat(report.differs()).isFalse();
    }

    @Test
    void findsTheRuleOfANumberByPartition() {
        GapReport report = report(Map.of(
                0, told("lull-1", Map.of("", ADAPTIVE), SCORE),
                1, told("lull-1", Map.of("", ADAPTIVE, NUMBER, GapRule.FIXED), SCORE)));

        assertThat(report.gaps().getFirst().rules()).containsExactly(Map.entry(0, ADAPTIVE), Map.entry(1, ADAPTIVE));
        assertThat(report.gaps().getLast().rules())
                .containsExactly(Map.entry(0, ADAPTIVE), Map.entry(1, GapRule.FIXED));
        assertThat(report.gaps()).extracting(GapReport.Gap::differs).containsExactly(false, true);
        assertThat(report.differs()).isTrue();
    }

    @Test
    void differsIfThePartitionsHaveDifferentModels() {
        GapReport report = report(Map.of(0, told("lull-1", Map.of(), SCORE), 1, told("own", Map.of(), SCORE)));

        assertThat(report.models()).containsExactly(Map.entry(0, "lull-1"), Map.entry(1, "own"));
        assertThat(report.differs()).isTrue();
    }

    @Test
    void saysWhoseRulesAreUnknownBecauseAnOlderInstanceServesThem() {
        GapReport report = report(Map.of(1, told("lull-1", Map.of(), SCORE)));

        assertThat(report.unknownPartitions()).containsExactly(2);
        assertThat(report.unknownRules()).containsExactly(0);
        assertThat(report.gaps().getFirst().inForce()).containsOnlyKeys(0, 1);
        assertThat(report.gaps().getFirst().rules()).containsOnlyKeys(1);
    }

    @Test
    void isReadAsItWasWritten() throws Exception {
        GapReport report = report(Map.of(1, told("lull-1", Map.of("", ADAPTIVE), WORSE)));

        assertThat(Json.read(Json.bytes(report), GapReport.class)).isEqualTo(report);
    }

    @Test
    void showsEachModelOnceWithItsPartitions() throws Exception {
        GapModel shipped = GapModel.shipped();
        GapModel own = new GapModel(
                "own", shipped.terms(), shipped.logOdds(), shipped.logSilence(), shipped.spread(), shipped.likes());

        ModelReport report = ModelReport.of("input", 5, Map.of(3, shipped, 0, own, 1, shipped));

        assertThat(report.models())
                .containsExactly(
                        new ModelReport.InForce(List.of(0), own), new ModelReport.InForce(List.of(1, 3), shipped));
        assertThat(report.unknownPartitions()).containsExactly(2, 4);
        assertThat(Json.read(Json.bytes(report), ModelReport.class)).isEqualTo(report);
    }

    @Test
    void writesARuleAsPeopleDo() {
        assertThat(RuleText.of(ADAPTIVE)).isEqualTo("adaptive, lambda 66, floor 2s, cap 20s");
        assertThat(RuleText.of(new GapRule(GapRule.Policy.SHADOW, 0.5, Duration.ZERO, null)))
                .isEqualTo("shadow, lambda 0.5, floor 0ms, cap twice the gap");
        assertThat(RuleText.of(new GapRule(GapRule.Policy.ADAPTIVE, null, Duration.ofMillis(2_500), null)))
                .isEqualTo("adaptive, lambda like the gap, floor 2500ms, cap twice the gap");
        assertThat(RuleText.of(GapRule.FIXED)).isEqualTo("fixed");
    }

    /// Of a topic with three partitions, of which the last does not answer.
    private static GapReport report(Map<Integer, PartitionRule> rules) {
        SortedMap<String, Duration> none = new TreeMap<>();
        InputPolicy policy = InputPolicy.of(TurnPolicy.ofGap(Duration.ofSeconds(5)));
        return GapReport.of("input", policy, 3, new GapReport.Known(Map.of(0, none, 1, none), rules));
    }

    private static PartitionRule told(String model, Map<String, GapRule> rules, Score score) {
        return new PartitionRule(model, new TreeMap<>(rules), new TreeMap<>(Map.of(NUMBER, score)), null, null);
    }
}
