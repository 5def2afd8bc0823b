package lull.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackOffTest {

    private final BackOff backOff = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(10));
    private final Random random = new Random(1);

    @Test
    void doublesWithJitterUpToTheLongestWait() {
        for (int round = 0; round < 100; round++) {
            assertThat(backOff.after(0, Duration.ZERO, random))
                    .isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
            assertThat(backOff.after(3, Duration.ZERO, random))
                    .isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
            assertThat(backOff.after(1_000, Duration.ZERO, random))
                    .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
        }
    }

    @Test
    void neverWaitsLessThanAskedFor() {
        assertThat(backOff.after(0, Duration.ofMinutes(2), random)).isEqualTo(Duration.ofMinutes(2));
    }
}
