package lull.aggregator.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import lull.contract.json.Json;
import org.junit.jupiter.api.Test;

final class OpenTurnListTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final long NOW = START.toEpochMilli();

    @Test
    void countsAllAndShowsTheOldestFirst() {
        OpenTurnList.Collector turns = new OpenTurnList.Collector("t", 3, clock(0), 2);
        for (int age = 1; age <= 4; age++) {
            turns.add("1|" + age, turn(age, NOW - 1000L * age, 5000));
        }

        assertThat(turns.turns().open()).isEqualTo(4);
        assertThat(turns.turns().oldest())
                .extracting(OpenTurnList.Entry::conversation)
                .containsExactly("1|4", "1|3");
    }

    @Test
    void showsTheTimesOfTheBrokerAlthoughTheClockOfThePartitionDiffers() {
        OpenTurnList.Collector turns = new OpenTurnList.Collector("t", 3, clock(60_000), 10);
        turns.add("1|2", turn(7, NOW + 60_000, 5000));

        OpenTurnList.Entry entry = turns.turns().oldest().getFirst();
        assertThat(entry.id()).isEqualTo("t-3-7");
        assertThat(entry.openedAt()).isEqualTo(START);
        assertThat(entry.closesAt()).isEqualTo(START.plusSeconds(5));
        assertThat(entry.gap()).isEqualTo(Duration.ofSeconds(5));
        assertThat(entry.limited()).isFalse();
    }

    @Test
    void saysWhichTurnMayNotLastLonger() {
        OpenTurnList.Collector turns = new OpenTurnList.Collector("t", 3, clock(0), 10);
        turns.add("1|2", turn(7, NOW, 90_000));

        assertThat(turns.turns().oldest().getFirst().limited()).isTrue();
        assertThat(turns.turns().oldest().getFirst().closesAt()).isEqualTo(START.plusSeconds(30));
    }

    @Test
    void joinsPartitionsAndReadsWhatItHasWritten() throws Exception {
        OpenTurnList.Collector one = new OpenTurnList.Collector("t", 0, clock(0), 10);
        one.add("1|1", turn(1, NOW - 1000, 5000));
        OpenTurnList.Collector other = new OpenTurnList.Collector("t", 1, clock(0), 10);
        other.add("1|2", turn(1, NOW - 2000, 5000));
        other.add("1|3", turn(2, NOW, 5000));

        OpenTurnList both = OpenTurnList.together(Stream.of(one.turns(), other.turns()), 2);

        assertThat(both.open()).isEqualTo(3);
        assertThat(both.oldest()).extracting(OpenTurnList.Entry::conversation).containsExactly("1|2", "1|1");
        assertThat(Json.read(Json.bytes(both), OpenTurnList.class)).isEqualTo(both);
    }

    private static LogClock clock(long ahead) {
        return new LogClock(NOW + ahead, NOW, LogClock.UNSET);
    }

    private static OpenTurn turn(long offset, long at, long gap) {
        byte[] value = "{}".getBytes(StandardCharsets.UTF_8);
        return OpenTurn.open(offset, 1, value, at, at, gap, 30_000, null);
    }
}
