package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class KillBenchTest {

    private static final List<List<String>> SAID = List.of(List.of("a", "b"), List.of("c", "d"), List.of("e"));

    @Test
    void findsNothingWhenEachTurnIsThereOnce() {
        assertThat(verdict(List.of(List.of("c", "d"), List.of("a", "b"), List.of("e"))))
                .isEqualTo(kill(0, 0, 0));
    }

    @Test
    void countsMessagesInNoTurn() {
        assertThat(verdict(List.of(List.of("a"), List.of("e")))).isEqualTo(kill(3, 0, 0));
    }

    @Test
    void countsMessagesInSeveralTurns() {
        assertThat(verdict(List.of(List.of("a", "b"), List.of("c", "d"), List.of("d"), List.of("e"), List.of("e"))))
                .isEqualTo(kill(0, 2, 0));
    }

    @Test
    void countsTurnsThatAreCutOrJoined() {
        assertThat(verdict(List.of(List.of("a"), List.of("b"), List.of("c", "d", "e"))))
                .isEqualTo(kill(0, 0, 3));
    }

    private static KillBench.Kill verdict(List<List<String>> turns) {
        return KillBench.verdict(TurnMaker.LULL, 1, 2, SAID, turns);
    }

    private static KillBench.Kill kill(int lost, int doubled, int cut) {
        return new KillBench.Kill(TurnMaker.LULL, 1, 2, 5, lost, doubled, cut);
    }
}
