package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BurstsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void everyTurnIsToldWholeInOrderAndItsMessagesAreASecondApart(int perTurn) {
        Bursts bursts = new Bursts(perTurn, 300, 200);
        List<Bursts.Due> told = told(bursts, true);
        Map<Integer, List<Long>> times = new HashMap<>();
        told.forEach(
                due -> times.computeIfAbsent(due.turn(), _ -> new ArrayList<>()).add(due.atNanos()));

        assertThat(told).hasSize(300 * perTurn).isSortedAccordingTo((a, b) -> Long.compare(a.atNanos(), b.atNanos()));
        assertThat(times).hasSize(300);
        times.values().forEach(turn -> {
            assertThat(turn).hasSize(perTurn);
            for (int i = 1; i < perTurn; i++) {
                assertThat(Duration.ofNanos(turn.get(i) - turn.get(i - 1)))
                        .isBetween(Duration.ofMillis(900), Duration.ofMillis(1100));
            }
        });
        assertThat(told.getLast().atNanos()).isLessThan(bursts.length().toNanos());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void whatIsToldOfTurnsThatAreCutOffIsWhatIsCounted(int perTurn) {
        Bursts bursts = new Bursts(perTurn, 300, 200);

        assertThat(told(bursts, false)).hasSize(Math.toIntExact(bursts.messagesBefore(300)));
    }

    @Test
    void soManyTurnsAreOpenAsTheGapLeaves() {
        Bursts bursts = Bursts.open(4, 3_000, 1_000, Duration.ofSeconds(10));
        long now = told(bursts, false).getLast().atNanos();
        Map<Integer, Long> last = new HashMap<>();
        told(bursts, false).forEach(due -> last.put(due.turn(), due.atNanos()));
        long open = last.values().stream()
                .filter(at -> now - at < Duration.ofSeconds(10).toNanos())
                .count();

        assertThat(open).isBetween(990L, 1_010L);
        assertThat(bursts.gapFor(1_000)).isBetween(Duration.ofMillis(9_900), Duration.ofMillis(10_100));
    }

    private static List<Bursts.Due> told(Bursts bursts, boolean whole) {
        List<Bursts.Due> told = new ArrayList<>();
        bursts.forEach(whole, told::add);
        return told;
    }
}
