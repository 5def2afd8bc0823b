package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ReportTest {

    private static final List<Round> ROUNDS =
            List.of(round(1000, 800, 400), round(2000, 1000, 500), round(1000, 500, 250));

    @Test
    void tellsRatesAndRatiosOfEachRoundAndTheirSpread() {
        List<String> lines = Report.lines(outcome(null, 70, 70, List.of()));

        assertThat(lines)
                .contains(
                        "   round       bare    reading    ingress   ingress:bare   ingress:reading",
                        "       1       1000        800        400          0.400             0.500",
                        "       2       2000       1000        500          0.250             0.500",
                        "  median       1000        800        400          0.250             0.500",
                        "   least       1000        500        250          0.250             0.500",
                        "    most       2000       1000        500          0.400             0.500");
    }

    @Test
    void aRatioIsTheMedianOfRatiosAndNotTheRatioOfMedians() {
        Outcome outcome = outcome(null, 70, 70, List.of());

        // The medians are 400 and 1000.
        assertThat(outcome.over(round -> round.ratio(Target.INGRESS, Target.BARE))
                        .median())
                .isEqualTo(0.25);
    }

    @Test
    void tellsWhatARequestCostsAndHowLongItTakes() {
        assertThat(Report.lines(outcome(null, 70, 70, List.of())))
                .contains(
                        " bytes allocated by the server     1000.0      800.0      400.0",
                        "           ingress      1.00      2.50     12.35    100.00");
    }

    @Test
    void aRunWithoutFlawsIsValid() {
        assertThat(outcome(null, 70, 70, List.of()).flaws()).isEmpty();
        assertThat(Report.lines(outcome(null, 70, 70, List.of())))
                .contains("70 webhooks accepted by the ingress, 70 records on the input topic", "This run is valid.");
    }

    @Test
    void aRunIsNotValidWhereRecordsAreMissingOrTooManyOrSomethingFailed() {
        assertThat(outcome(null, 70, 69, List.of()).flaws()).hasSize(1);
        assertThat(outcome(null, 70, 71, List.of()).flaws()).hasSize(1);
        assertThat(outcome(null, 0, 0, List.of()).flaws()).hasSize(1);
        assertThat(Report.lines(outcome(null, 70, 69, List.of("bare, round 1: 2 failed"))))
                .contains("This run is NOT VALID:", "  bare, round 1: 2 failed")
                .doesNotContain("This run is valid.");
    }

    @Test
    void aRunThatWasRecordedIsNotForComparison() {
        assertThat(Report.lines(outcome(Path.of("a.jfr"), 70, 70, List.of())))
                .anyMatch(line -> line.contains("not for comparison"));
        assertThat(Report.lines(outcome(null, 70, 70, List.of())))
                .noneMatch(line -> line.contains("not for comparison"));
    }

    @Test
    void aBaselineThatDoesNothingHasNoRatio() {
        assertThat(round(0, 0, 5).ratio(Target.INGRESS, Target.BARE)).isZero();
    }

    @Test
    void aRoundMeasuresEveryTarget() {
        assertThatThrownBy(() -> new Round(Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static Outcome outcome(@Nullable Path jfr, long accepted, long records, List<String> failures) {
        Plan plan = new Plan(4, 3, Duration.ofSeconds(5), Duration.ofSeconds(10), List.of(), jfr);
        LoadResult latency = new LoadResult(70, 70, 0, 0, "", 1_000_000, 2_500_000, 12_345_678, 100_000_000);
        return new Outcome(
                plan, "2 processors", ROUNDS, 200, Map.of(Target.INGRESS, latency), accepted, records, failures);
    }

    private static Round round(double bare, double reading, double ingress) {
        Map<Target, Measured> measured = new HashMap<>();
        measured.put(Target.BARE, measured(bare));
        measured.put(Target.READING, measured(reading));
        measured.put(Target.INGRESS, measured(ingress));
        return new Round(measured);
    }

    private static Measured measured(double figure) {
        return new Measured(figure, figure, figure, figure, figure);
    }
}
