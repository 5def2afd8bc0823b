package lull.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import lull.connect.Rates.Rate;
import lull.runtime.TokenBucket;
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
        while (enter(Duration.ZERO).isPresent()) {
            assertThat(rate.untilNext()).isLessThanOrEqualTo(Duration.ofMillis(100));
        }
        rate.throttled();
        passes(Duration.ofMillis(1_500));
        for (int i = 0; i < 15; i++) {
            enter(SECOND.multipliedBy(10));
        }

        assertThat(enter(SECOND.multipliedBy(10)))
                .hasValueSatisfying(
                        first -> assertThat(enter(SECOND.multipliedBy(10))).hasValue(first.plusMillis(200)));
    }

    @Test
    void aShareOfTheRateHasTheShareOfTheBurst() {
        rate.allow(new Rate(5, 7), false);

        assertThat(rate.perSecond()).isEqualTo(5);
        assertThat(burst()).isEqualTo(7);
        assertThat(rate.untilNext()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void whoJoinsOthersBeginsWithoutABurst() {
        rate.allow(new Rate(5, 7), true);

        assertThat(burst()).isZero();
        assertThat(rate.untilNext()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void whatThrottlingHasLoweredStaysLowWithAnotherShareAndRecovers() {
        rate.throttled();
        rate.allow(new Rate(10.0 / 3, 5), false);
        assertThat(rate.perSecond()).isCloseTo(5.0 / 3, within(1e-9));

        rate.allow(new Rate(10, 15), false);
        assertThat(rate.perSecond()).isCloseTo(5, within(1e-9));
        for (int i = 0; i < 10; i++) {
            passes(SECOND);
            rate.accepted();
        }
        assertThat(rate.perSecond()).isEqualTo(10);
    }

    private long burst() {
        return Stream.generate(() -> enter(Duration.ZERO))
                .takeWhile(Optional::isPresent)
                .count();
    }

    private Optional<Duration> enter(Duration longestWait) {
        return rate.enter(longestWait).map(TokenBucket.Place::takeWait);
    }

    private void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
