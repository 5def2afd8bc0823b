package lull.aggregator.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuickInstantTest {

    private static final long YEAR_0 = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long YEAR_10000 = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() + 1;

    @Test
    void readsWhatAnInstantWrites() {
        long seed = Long.getLong("lull.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            int[] steps = {1, 1_000, 1_000_000, 1_000_000_000};
            int step = steps[random.nextInt(steps.length)];
            Instant instant = Instant.ofEpochSecond(
                    random.nextLong(YEAR_0, YEAR_10000), random.nextLong(1_000_000_000) / step * step);
            assertThat(QuickInstant.parse(instant.toString()))
                    .as("-Dlull.seed=%d", seed)
                    .isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-21",
                "2026-11-21T10:15:30",
                "2026-11-21T10:15:30z",
                "2026-11-21T10:15:30+01:00",
                "2026-11-21 10:15:30Z",
                "2026-02-29T10:15:30Z",
                "2026-11-21T24:00:00Z",
                "2026-11-21T10:60:30Z",
                "2026-11-21T10:15:60Z",
                "2026-11-21T10:15:30.Z",
                "2026-11-21T10:15:30,5Z",
                "2026-11-21T10:15:30.1234567890Z",
                "2026-11-21T10:15:3xZ",
                "+12026-11-21T10:15:30Z"
            })
    void leavesOtherFormsToOthers(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> QuickInstant.parse(text));
    }
}
