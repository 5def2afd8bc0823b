package lull.bridge.outbound.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TranscriptPollerIntervalsTest {

    private static final TranscriptPoller.Intervals INTERVALS = new TranscriptPoller.Intervals(
            Duration.ofMinutes(5), Duration.ofMillis(500), Duration.ofMillis(200), Duration.ofHours(1));

    @ParameterizedTest
    @CsvSource({
        "0, 500, 0, true",
        "1, 500, 500, true",
        "600, 500, 300000, true",
        "1000, 300, 300000, true",
        "1500, 200, 300000, true",
        "7200, 200, 1440000, true",
        "18000, 200, 3600000, true",
        "18001, 200, 3600200, false",
        "100000, 200, 20000000, false",
    })
    void followsTheNumberOfChats(int chats, long between, long round, boolean fits) {
        assertThat(INTERVALS.between(chats)).hasMillis(between);
        assertThat(INTERVALS.round(chats)).hasMillis(round);
        assertThat(INTERVALS.fits(chats)).isEqualTo(fits);
    }

    @Test
    void shortestCountsWhereTheLongestIsShorter() {
        Duration both = Duration.ofMillis(10);
        TranscriptPoller.Intervals intervals =
                new TranscriptPoller.Intervals(Duration.ofMinutes(5), both, both, Duration.ofHours(1));

        assertThat(intervals.between(1)).isEqualTo(both);
        assertThat(intervals.between(1_000_000)).isEqualTo(both);
    }
}
