package lull.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import lull.connect.Rates.Rate;
import org.junit.jupiter.api.Test;

final class AdaptiveRateTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong now = new AtomicLong();
    private final AdaptiveRate rate = new AdaptiveRate(new Rate(10, 15), now::get);

    @Test
    void isHalvedWhenConnectThrottlesAndComesBack() {
        rate.throttled();
        passes(Duration.ofNanos(1));
        rate.throttled();
        assertThat(rate.perSecond()).as("calls that were made together").isEqualTo(5);
        passes(SECOND);
        rate.throttled();
        assertThat(rate.perSecond()).isEqualTo(2.5);
        for (int i = 0; i < 100; i++) {
            passes(SECOND);
            rate.throttled();
        }
        assertThat(rate.perSecond()).as("never zero").isEqualTo(0.5);

        passes(SECOND);
        rate.accepted();
        rate.accepted();
        assertThat(rate.perSecond()).isEqualTo(1.5);
        for (int i = 0; i < 20; i++) {
            passes(SECOND);
            rate.accepted();
        }
        assertThat(rate.perSecond()).isEqualTo(10);
    }

    @Test
    void tokensComeAtTheRateOfNow() {
        while (rate.reserve(Duration.ZERO).isPresent()) {
            assertThat(rate.untilNext()).isLessThanOrEqualTo(Duration.ofMillis(100));
        }
        rate.throttled();
        passes(Duration.ofMillis(1_500));
        for (int i = 0; i < 15; i++) {
            rate.reserve(SECOND.multipliedBy(10));
        }

        assertThat(rate.reserve(SECOND.multipliedBy(10)))
                .hasValueSatisfying(first ->
                        assertThat(rate.reserve(SECOND.multipliedBy(10))).hasValue(first.plusMillis(200)));
    }

    private void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
