package lull.bench.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import lull.aggregator.gap.AdaptiveGap;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.advice.GapAdvice;
import lull.aggregator.gap.advice.GapAdvice.Candidate;
import lull.aggregator.gap.advice.Trace;
import lull.cli.advice.TraceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The advice of gaps and the benchmark agree on the same conversations.
final class GapAdviceAgainstBenchTest {

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration FLOOR = Duration.ofSeconds(2);

    /// Conversations in which only the first sender is a customer.
    private static final List<Trace> TRACES = Synthetic.traces(3).stream()
            .map(trace -> Trace.of(trace.id(), trace.source(), 0, trace.lines()))
            .filter(trace -> !trace.turns().isEmpty())
            .toList();

    @Test
    void fixedGapsCutAsManyTurns() throws Exception {
        List<Candidate> gaps = IntStream.rangeClosed(1, 60)
                .mapToObj(seconds -> Candidate.fixed(Duration.ofSeconds(seconds)))
                .toList();

        GapAdvice advice = GapAdvice.of(TRACES, gaps, LONGEST, GapModel.shipped());

        assertThat(advice.turns()).isGreaterThan(1_000);
        assertThat(advice.points()).hasSize(60).allSatisfy(point -> {
            long[] wait = {point.candidate().gap().toMillis()};
            Score score = Score.of(
                    TRACES,
                    TRACES.stream()
                            .map(trace -> trace.lines().stream()
                                    .mapToLong(_ -> wait[0])
                                    .toArray())
                            .toList());
            assertThat(advice.turns()).isEqualTo(score.turns());
            assertThat(point.cut().value()).isCloseTo(score.split(), within(1e-12));
            assertThat(point.delay().value()).isCloseTo(score.mean(), within(1e-9));
        });
    }

    @Test
    void theAdaptiveGapCutsAndWaitsAsMuch() throws Exception {
        GapModel model = GapModel.shipped();
        for (int seconds : List.of(5, 10, 20)) {
            Duration gap = Duration.ofSeconds(seconds);
            Score score = Score.of(
                    TRACES,
                    new Player(new AdaptiveGap(model, AdaptiveGap.Options.like(gap, FLOOR, model))).gaps(TRACES));

            GapAdvice.Point point = GapAdvice.of(TRACES, List.of(Candidate.like(gap)), LONGEST, model)
                    .points()
                    .getFirst();

            assertThat(point.cut().value()).as("like %s s", seconds).isCloseTo(score.split(), within(1e-12));
            assertThat(point.delay().value()).isCloseTo(score.mean(), within(1e-9));
            assertThat(point.cut().error()).isBetween(0.0001, 0.02);
        }
    }

    @Test
    void readsWhatIsWrittenForIt(@TempDir Path folder) throws Exception {
        TraceFile.write(folder.resolve("all.jsonl"), TRACES);

        List<Trace> read = Traces.read(folder);

        assertThat(read).hasSameSizeAs(TRACES);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i).lines()).isEqualTo(TRACES.get(i).lines());
            assertThat(read.get(i).customer()).isZero();
            assertThat(read.get(i).source()).isEqualTo(TRACES.get(i).source());
            assertThat(Arrays.deepEquals(
                            read.get(i).turns().toArray(), TRACES.get(i).turns().toArray()))
                    .isTrue();
        }
    }
}
