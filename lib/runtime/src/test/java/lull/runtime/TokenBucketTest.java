package lull.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import lull.runtime.TokenBucket.Rate;
import org.junit.jupiter.api.Test;

final class TokenBucketTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Rate RATE = new Rate(Duration.ofMillis(100), 15);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final TokenBucket bucket = new TokenBucket(RATE, now::get);

    @Test
    void aBurstIsFreeAndTheNextTokensAreReservedInOrder() {
        List<Duration> waits = IntStream.range(0, 18)
                .mapToObj(_ -> bucket.reserve(SECOND).orElseThrow())
                .toList();

        assertThat(waits.subList(0, 15)).containsOnly(Duration.ZERO);
        assertThat(waits.subList(15, 18))
                .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(300));
    }

    @Test
    void aWaitOverTheLimitTakesNothing() {
        List<Duration> waits = new ArrayList<>();
        bucket.reserve(SECOND).ifPresent(waits::add);
        while (bucket.reserve(SECOND).isPresent()) {
            assertThat(bucket.untilNext()).isLessThanOrEqualTo(Duration.ofMillis(1_100));
        }

        assertThat(waits).containsExactly(Duration.ZERO);
        assertThat(bucket.reserve(SECOND)).isEmpty();
        assertThat(bucket.untilNext()).isEqualTo(Duration.ofMillis(1_100));
        passes(Duration.ofMillis(100));
        assertThat(bucket.reserve(SECOND)).hasValue(SECOND);
    }

    @Test
    void overTimeTheRateAndTheBurstAreTheMaximum() {
        int taken = 0;
        for (int i = 0; i < 6_000; i++) {
            taken += bucket.tryTake() ? 1 : 0;
            passes(Duration.ofMillis(10));
        }

        assertThat(taken).isBetween(60 * 10, 60 * 10 + 15);
    }

    @Test
    void aPauseFillsTheBucketAndNoMore() {
        TokenBucket small = new TokenBucket(new Rate(SECOND, 2), now::get);
        assertThat(small.tryTake()).isTrue();
        assertThat(small.isFull()).isFalse();
        passes(Duration.ofHours(1));

        assertThat(small.isFull()).isTrue();
        assertThat(small.tryTake()).isTrue();
        assertThat(small.tryTake()).isTrue();
        assertThat(small.tryTake()).isFalse();
        assertThat(small.untilNext()).isEqualTo(SECOND);
    }

    @Test
    void spareTokensAreThoseOfTheUpperHalf() {
        TokenBucket four = new TokenBucket(Rate.perSecond(4), now::get);

        assertThat(IntStream.range(0, 5).mapToObj(_ -> four.tryTakeSpare()))
                .containsExactly(true, true, true, false, false);
        assertThat(four.tryTake()).as("for calls that matter").isTrue();
        assertThat(four.tryTake()).isFalse();
    }

    @Test
    void aSlowerRateHoldsForTheTokensTakenFromNowOn() {
        TokenBucket one = new TokenBucket(new Rate(SECOND, 1), now::get);
        one.tryTake();
        one.setInterval(SECOND.multipliedBy(2));

        assertThat(one.untilNext()).isEqualTo(SECOND);
        passes(SECOND);
        assertThat(one.tryTake()).isTrue();
        assertThat(one.untilNext()).isEqualTo(SECOND.multipliedBy(2));
    }

    @Test
    void aRateAllowsSomething() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(Duration.ZERO, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(SECOND.negated(), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(SECOND, 0));
    }

    private void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
