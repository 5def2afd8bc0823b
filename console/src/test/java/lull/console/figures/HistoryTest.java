package lull.console.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HistoryTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final History history = new History();

    @Test
    void keepsTheLargestValueOfEachMinute() {
        add(Duration.ZERO, 3);
        add(Duration.ofSeconds(20), 9);
        add(Duration.ofSeconds(40), 1);
        add(Duration.ofMinutes(1), 2);

        assertThat(history.day(Figure.OPEN).values()).containsExactly(9.0, 2.0);
        assertThat(history.hour(Figure.OPEN).values())
                .containsExactly(3.0, Double.NaN, 9.0, Double.NaN, 1.0, Double.NaN, 2.0);
    }

    @Test
    void forgetsWhatIsOlderThanADay() {
        add(Duration.ZERO, 7);
        add(Duration.ofHours(25), 1);

        assertThat(history.day(Figure.OPEN).values()).containsExactly(1.0);
        assertThat(history.day(Figure.OPEN).times())
                .containsExactly(START.plus(Duration.ofHours(25)).getEpochSecond());
    }

    @Test
    void hasAGapWhileNothingWasKnown() {
        add(Duration.ZERO, 1);
        add(Duration.ofMinutes(3), 2);

        assertThat(history.day(Figure.OPEN).values()).containsExactly(1.0, Double.NaN, Double.NaN, 2.0);
    }

    private void add(Duration later, double open) {
        ProcessState process = new ProcessState(
                "http://a",
                "aggregator",
                "1",
                START,
                null,
                true,
                List.of(),
                List.of(),
                List.of(new Sample("lull_turns_open", Map.of("topic", "t"), open)),
                List.of());
        history.add(new Snapshot(START.plus(later), List.of(process), List.of(), Map.of()));
    }
}
