package lull.bridge.outbound.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ReceiverGapTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;
    private final LastDeliveryFailure gap = new LastDeliveryFailure(() -> now);

    @Test
    void aLostNotificationCountsAtOnceAndEachTime() {
        assertThat(gap.lastAt()).isEqualTo(Instant.EPOCH);
        for (int i = 0; i < 5; i++) {
            now = now.plusSeconds(1);
            gap.happened();
            assertThat(gap.lastAt()).isEqualTo(now);
        }
    }

    @Test
    void whatNobodyCouldVerifyCountsAtMostOnceInTenMinutesAndTheLastOneInTheEnd() {
        gap.maybeHappened();
        assertThat(gap.lastAt()).isEqualTo(START);
        for (int i = 0; i < 599; i++) {
            now = now.plusSeconds(1);
            gap.maybeHappened();
            assertThat(gap.lastAt()).isEqualTo(START);
        }

        now = now.plus(Duration.ofMinutes(1));
        assertThat(gap.lastAt()).as("the last one of the series").isEqualTo(now);

        Instant counted = now;
        now = now.plus(Duration.ofHours(1));
        assertThat(gap.lastAt()).as("nothing came since").isEqualTo(counted);
    }
}
