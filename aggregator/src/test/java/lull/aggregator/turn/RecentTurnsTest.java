package lull.aggregator.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RecentTurnsTest {

    private static final int ONE = turn(1_000).bytes();

    @Test
    void dropsTheTurnThatHasNotBeenUsedForTheLongestTime() {
        RecentTurns turns = new RecentTurns(new MemoryBudget(2L * ONE));
        turns.put("1|a", turn(1_000));
        turns.put("1|b", turn(1_000));
        turns.get("1|a");

        turns.put("1|c", turn(1_000));

        assertThat(turns.get("1|a")).isNotNull();
        assertThat(turns.get("1|b")).isNull();
        assertThat(turns.get("1|c")).isNotNull();
    }

    @Test
    void countsWhatAllPartitionsUse() {
        MemoryBudget budget = new MemoryBudget(3L * ONE);
        RecentTurns one = new RecentTurns(budget);
        RecentTurns other = new RecentTurns(budget);
        one.put("1|a", turn(1_000));
        one.put("1|b", turn(1_000));

        other.put("1|c", turn(1_000));
        other.put("1|d", turn(1_000));

        assertThat(other.get("1|c")).isNull();
        assertThat(budget.used()).isEqualTo(3L * ONE);
    }

    @Test
    void freesWhatItNoLongerHas() {
        MemoryBudget budget = new MemoryBudget(10L * ONE);
        RecentTurns turns = new RecentTurns(budget);
        turns.put("1|a", turn(1_000));
        turns.put("1|a", turn(500));
        turns.put("1|b", turn(1_000));

        turns.remove("1|b");
        turns.remove("1|b");
        assertThat(budget.used()).isEqualTo(turn(500).bytes());

        turns.clear();
        assertThat(budget.used()).isZero();
    }

    @Test
    void keepsNothingWithoutABudget() {
        MemoryBudget budget = new MemoryBudget(0);
        RecentTurns turns = new RecentTurns(budget);

        turns.put("1|a", turn(10));

        assertThat(turns.get("1|a")).isNull();
        assertThat(budget.used()).isZero();
    }

    private static KnownTurn turn(int bytes) {
        OpenTurn open = OpenTurn.open(7, 1, new byte[bytes], 1_000, 1_000, 1_000, 30_000, null);
        return new KnownTurn(open, SeenMessages.of(null), List.of(), new long[0]);
    }
}
