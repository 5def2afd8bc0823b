package lull.aggregator.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SeenMessagesTest {

    private static final long DAY = Duration.ofDays(1).toMillis();

    @Test
    void remembersForSevenDaysOfTheLog() {
        SeenMessages seen = SeenMessages.of(null).with(SeenMessages.hash("wamid.1"), 0);

        assertThat(seen.has(SeenMessages.hash("wamid.1"), 7 * DAY)).isTrue();
        assertThat(seen.has(SeenMessages.hash("wamid.1"), 7 * DAY + 1)).isFalse();
        assertThat(seen.has(SeenMessages.hash("wamid.2"), 0)).isFalse();
        assertThat(seen.forgotten(7 * DAY)).isFalse();
        assertThat(seen.forgotten(7 * DAY + 1)).isTrue();
    }

    @Test
    void remembersTheLastThousandAndIsNoLargerThanThat() {
        SeenMessages seen = SeenMessages.of(null);
        for (int i = 0; i < 1_500; i++) {
            seen = SeenMessages.of(seen.with(SeenMessages.hash("wamid." + i), i).toBytes());
        }

        assertThat(seen.has(SeenMessages.hash("wamid.499"), 1_500)).isFalse();
        assertThat(seen.has(SeenMessages.hash("wamid.500"), 1_500)).isTrue();
        assertThat(seen.has(SeenMessages.hash("wamid.1499"), 1_500)).isTrue();
        assertThat(seen.toBytes()).hasSize(1_000 * 16);
    }

    @Test
    void dropsWhatIsTooOldWhenItLearnsMore() {
        SeenMessages seen =
                SeenMessages.of(null).with(SeenMessages.hash("old"), 0).with(SeenMessages.hash("new"), 8 * DAY);

        assertThat(seen.toBytes()).hasSize(16);
    }
}
