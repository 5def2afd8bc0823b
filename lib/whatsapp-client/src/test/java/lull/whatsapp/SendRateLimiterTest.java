package lull.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import lull.contract.ConversationKey;
import lull.runtime.TokenBucket;
import org.junit.jupiter.api.Test;

final class SendRateLimiterTest {

    private static final ConversationKey ANA = new ConversationKey("100", "1");
    private static final ConversationKey BEN = new ConversationKey("100", "2");
    private static final TokenBucket.Rate UNBOUND = new TokenBucket.Rate(Duration.ofNanos(1), 1_000_000);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    @Test
    void aCustomerGetsABurstAndThenOneInSixSeconds() {
        SendRateLimiter pace = new SendRateLimiter(UNBOUND, new TokenBucket.Rate(Duration.ofSeconds(6), 45), now::get);

        assertThat(IntStream.range(0, 45).mapToObj(_ -> pace.take(ANA))).containsOnly(Duration.ZERO);
        assertThat(pace.take(ANA)).isEqualTo(Duration.ofSeconds(6));
        assertThat(pace.take(BEN)).isEqualTo(Duration.ZERO);
        passes(Duration.ofSeconds(4));
        assertThat(pace.take(ANA)).isEqualTo(Duration.ofSeconds(2));
        passes(Duration.ofSeconds(2));
        assertThat(pace.take(ANA)).isEqualTo(Duration.ZERO);
        assertThat(pace.take(ANA)).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void aSilenceFillsTheBucketAndNoMore() {
        SendRateLimiter pace = new SendRateLimiter(UNBOUND, new TokenBucket.Rate(Duration.ofSeconds(1), 2), now::get);
        pace.take(ANA);
        passes(Duration.ofHours(1));

        assertThat(pace.take(ANA)).isEqualTo(Duration.ZERO);
        assertThat(pace.take(ANA)).isEqualTo(Duration.ZERO);
        assertThat(pace.take(ANA)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theCustomersOfANumberShareItsRate() {
        SendRateLimiter pace = new SendRateLimiter(new TokenBucket.Rate(Duration.ofMillis(500), 2), UNBOUND, now::get);

        assertThat(pace.take(ANA)).isEqualTo(Duration.ZERO);
        assertThat(pace.take(BEN)).isEqualTo(Duration.ZERO);
        assertThat(pace.take(ANA)).isEqualTo(Duration.ofMillis(500));
        assertThat(pace.take(new ConversationKey("200", "1"))).isEqualTo(Duration.ZERO);
    }

    @Test
    void whoMustWaitSpendsNothing() {
        SendRateLimiter pace = new SendRateLimiter(
                new TokenBucket.Rate(Duration.ofSeconds(1), 1),
                new TokenBucket.Rate(Duration.ofSeconds(1), 1),
                now::get);
        pace.take(ANA);
        pace.take(BEN);
        pace.take(BEN);
        passes(Duration.ofSeconds(1));

        assertThat(pace.take(BEN)).isEqualTo(Duration.ZERO);
    }

    @Test
    void bridgesShareTheRateOfANumberButNotThatOfACustomer() {
        SendRateLimiter pace = new SendRateLimiter(
                new TokenBucket.Rate(Duration.ofMillis(500), 4),
                new TokenBucket.Rate(Duration.ofSeconds(1), 10),
                now::get);
        pace.take(ANA);
        pace.take(ANA);
        pace.shared(2, false);
        assertThat(pace.take(ANA)).as("half of the two that were left").isEqualTo(Duration.ZERO);
        assertThat(pace.take(ANA)).isEqualTo(Duration.ofSeconds(1));

        passes(Duration.ofSeconds(1));
        pace.shared(2, true);
        assertThat(pace.take(BEN)).as("others may have used it").isEqualTo(Duration.ofSeconds(1));
        ConversationKey other = new ConversationKey("200", "1");
        assertThat(IntStream.range(0, 3).mapToObj(_ -> pace.take(other)))
                .containsExactly(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1));

        pace.shared(1, false);
        passes(Duration.ofSeconds(10));
        assertThat(IntStream.range(0, 5).mapToObj(_ -> pace.take(BEN)))
                .containsExactly(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMillis(500));
    }

    private void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
