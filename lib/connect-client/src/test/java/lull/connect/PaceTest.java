package lull.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lull.connect.Rates.Rate;
import org.junit.jupiter.api.Test;

final class PaceTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Pace pace = new Pace(new Rate(10, 15), 0);

    @Test
    void aBurstGoesAtOnceAndTheRestInLine() {
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            waits.add(pace.take(0, MOMENT).orElseThrow());
        }

        assertThat(waits.subList(0, 15)).containsOnly(Duration.ZERO);
        assertThat(waits.subList(15, 18))
                .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(300));
    }

    @Test
    void whoWouldWaitTooLongTakesNothingAndHearsHowLong() {
        while (pace.take(0, MOMENT).isPresent()) {
            assertThat(pace.untilNext(0)).isLessThanOrEqualTo(Duration.ofMillis(1_100));
        }

        assertThat(pace.take(0, MOMENT)).isEmpty();
        assertThat(pace.untilNext(0)).isEqualTo(Duration.ofMillis(1_100));
        assertThat(pace.take(SECOND / 10, MOMENT)).hasValue(MOMENT);
    }

    @Test
    void overTimeNeverMoreThanTheRateAndTheBurst() {
        int taken = 0;
        for (long now = 0; now < 60 * SECOND; now += SECOND / 100) {
            taken += pace.take(now, Duration.ZERO).isPresent() ? 1 : 0;
        }

        assertThat(taken).isBetween(60 * 10, 60 * 10 + 15);
    }

    @Test
    void slowsDownWhereConnectThrottlesAndComesBack() {
        pace.throttled(0);
        pace.throttled(1);
        assertThat(pace.perSecond()).as("calls that were under way together").isEqualTo(5);
        pace.throttled(2 * SECOND);
        assertThat(pace.perSecond()).isEqualTo(2.5);
        for (int i = 3; i < 100; i++) {
            pace.throttled(i * SECOND);
        }
        assertThat(pace.perSecond()).as("never stands still").isEqualTo(0.5);

        pace.taken(100 * SECOND);
        pace.taken(100 * SECOND + 1);
        assertThat(pace.perSecond()).isEqualTo(1.5);
        for (int i = 101; i < 120; i++) {
            pace.taken(i * SECOND);
        }
        assertThat(pace.perSecond()).isEqualTo(10);
    }
}
