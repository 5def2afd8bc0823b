package lull.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PeriodicTest {

    @Test
    void goesOnAfterARoundThatFails() throws InterruptedException {
        CountDownLatch rounds = new CountDownLatch(3);
        try (Periodic _ = Periodic.start("test", Duration.ofMillis(1), () -> {
            rounds.countDown();
            throw new IllegalStateException("of the test");
        })) {
            rounds.await();
        }
        assertThat(rounds.getCount()).isZero();
    }

    @Test
    void endsAWaitAtOnce() {
        AtomicInteger rounds = new AtomicInteger();

        Periodic.start("test", Duration.ofDays(1), rounds::incrementAndGet).close();

        assertThat(rounds).hasValue(0);
    }

    @Test
    void endsARoundThatBlocks() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (Periodic _ = Periodic.start("test", Duration.ZERO, () -> {
            runs.countDown();
            never.await();
        })) {
            runs.await();
        }
        assertThat(never.getCount()).isOne();
    }
}
