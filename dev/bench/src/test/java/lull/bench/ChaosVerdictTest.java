package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ChaosVerdictTest {

    private static final List<String> SAID = List.of("a0", "a1", "a2");

    @Test
    void findsNothingWhereEverythingWasShownOnceAndInOrder() {
        assertThat(verdict(SAID, Set.of(), Set.of())).isEqualTo(new ChaosVerdict(3, List.of(), List.of(), List.of()));
    }

    @Test
    void missesWhatWasNotShown() {
        assertThat(verdict(List.of("a0", "a2"), Set.of(), Set.of()).missing())
                .containsExactly("a1 of the agent was shown 0 times");
    }

    @Test
    void findsWhatWasShownTwice() {
        assertThat(verdict(List.of("a0", "a1", "a1", "a2"), Set.of(), Set.of()).flaws())
                .containsExactly("a1 of the agent was shown 2 times");
    }

    @Test
    void findsWhatWasSwapped() {
        assertThat(verdict(List.of("a1", "a0", "a2"), Set.of(), Set.of()).flaws())
                .containsExactly("What the agent said was shown in another order: a1 a0 a2");
    }

    @Test
    void findsWhatNobodySaid() {
        assertThat(verdict(List.of("a0", "a1", "a2", "b7"), Set.of(), Set.of()).flaws())
                .containsExactly("What the agent said was shown in another order: a0 a1 a2 b7");
    }

    @Test
    void takesWhatIsOnRecordAsAccountedFor() {
        ChaosVerdict verdict = verdict(List.of("a0", "a0", "a2"), Set.of("a1"), Set.of("a0"));

        assertThat(verdict.accounted())
                .containsExactly("a0 of the agent was shown 2 times", "a1 of the agent was shown 0 times");
        assertThat(verdict.missing()).isEmpty();
        assertThat(verdict.flaws()).isEmpty();
    }

    @Test
    void doesNotTakeADoubtForARefusal() {
        assertThat(verdict(List.of("a0", "a2"), Set.of(), Set.of("a1")).missing())
                .hasSize(1);
        assertThat(verdict(List.of("a0", "a1", "a1", "a2"), Set.of("a1"), Set.of())
                        .flaws())
                .hasSize(1);
    }

    private static ChaosVerdict verdict(List<String> shown, Set<String> refused, Set<String> doubted) {
        return ChaosVerdict.of("the agent", SAID, shown, refused, doubted);
    }
}
