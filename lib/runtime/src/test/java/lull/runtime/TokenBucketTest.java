package lull.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import lull.runtime.TokenBucket.Place;
import lull.runtime.TokenBucket.Rate;
import org.junit.jupiter.api.Test;

final class TokenBucketTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Rate RATE = new Rate(Duration.ofMillis(100), 15);
    private static final Rate HALF = new Rate(Duration.ofMillis(200), 7);

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
    void aLowerRateDelaysThoseInLineAndWhoComesAfterThem() {
        IntStream.range(0, 15).forEach(_ -> bucket.tryTake());
        Place first = bucket.enter(SECOND).orElseThrow();
        Place second = bucket.enter(SECOND).orElseThrow();
        assertThat(first.takeWait()).isEqualTo(Duration.ofMillis(100));
        assertThat(second.takeWait()).isEqualTo(Duration.ofMillis(200));
        passes(Duration.ofMillis(50));

        bucket.setRate(HALF);

        assertThat(first.takeWait()).as("twice the 50 ms that were left").isEqualTo(Duration.ofMillis(50));
        assertThat(first.takeWait()).isEqualTo(Duration.ZERO);
        assertThat(second.takeWait()).as("twice the 150 ms").isEqualTo(Duration.ofMillis(150));
        assertThat(bucket.untilNext()).as("an interval after the second").isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void whoHasLeftTheLineIsNotDelayed() {
        IntStream.range(0, 15).forEach(_ -> bucket.tryTake());
        Place place = bucket.enter(SECOND).orElseThrow();
        place.takeWait();
        place.close();

        bucket.setRate(HALF);

        assertThat(place.takeWait()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aLowerRateLeavesTheSamePartOfTheBucket() {
        IntStream.range(0, 5).forEach(_ -> bucket.tryTake());

        bucket.setRate(HALF);

        assertThat(taken()).as("half of the ten that were left").isEqualTo(5);
        assertThat(bucket.untilNext()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aHigherRateAddsNoTokenAtOnceAndMovesNobodyForward() {
        TokenBucket half = new TokenBucket(HALF, now::get);
        IntStream.range(0, 4).forEach(_ -> half.tryTake());
        half.setRate(RATE);
        assertThat(IntStream.range(0, 4).filter(_ -> half.tryTake()).count())
                .as("of the seven three were left")
                .isEqualTo(3);

        Place place = half.enter(SECOND).orElseThrow();
        assertThat(place.takeWait()).isEqualTo(Duration.ofMillis(100));
        half.setRate(new Rate(Duration.ofMillis(10), 100));
        assertThat(place.takeWait()).isEqualTo(Duration.ZERO);
        assertThat(half.untilNext()).as("not before the one in line").isEqualTo(Duration.ofMillis(110));
    }

    @Test
    void anEmptyBucketFillsAtItsRate() {
        bucket.empty();
        assertThat(bucket.untilNext()).isEqualTo(Duration.ofMillis(100));
        passes(Duration.ofMillis(350));
        assertThat(taken()).isEqualTo(3);
    }

    /// Two buckets as two processes have them: the second comes and goes at any time, and takes what it gets.
    @Test
    void bucketsThatShareARateNeverExceedIt() {
        long seed = Long.getLong("lull.seed", 1);
        Random random = new Random(seed);
        NavigableMap<Long, Integer> calls = new TreeMap<>();
        long start = now.get();
        Optional<TokenBucket> other = Optional.empty();
        for (int i = 0; i < 20_000; i++) {
            passes(Duration.ofMillis(random.nextInt(20)));
            if (random.nextInt(500) == 0) {
                boolean isAlone = other.isEmpty();
                bucket.setRate(isAlone ? HALF : RATE);
                other = isAlone ? Optional.of(new TokenBucket(HALF, now::get)) : Optional.empty();
                other.ifPresent(TokenBucket::empty);
            }
            if (random.nextInt(40) == 0) {
                passes(Duration.ofSeconds(random.nextInt(3)));
            }
            int taken = (bucket.tryTake() ? 1 : 0)
                    + other.filter(TokenBucket::tryTake).map(_ -> 1).orElse(0);
            calls.merge(now.get() - start, taken, Integer::sum);
        }

        assertThat(calls.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(1_000);
        now.set(start);
        TokenBucket quota = new TokenBucket(RATE, now::get);
        calls.forEach((at, count) -> {
            now.set(start + at);
            for (int call = 0; call < count; call++) {
                assertThat(quota.tryTake()).as("seed %s, at %s ns", seed, at).isTrue();
            }
        });
    }

    @Test
    void aRateAllowsSomething() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(Duration.ZERO, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(SECOND.negated(), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(SECOND, 0));
    }

    private int taken() {
        int taken = 0;
        while (bucket.tryTake()) {
            taken++;
        }
        return taken;
    }

    private void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
