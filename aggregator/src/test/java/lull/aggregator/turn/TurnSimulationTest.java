package lull.aggregator.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import lull.aggregator.turn.History.Appended;
import lull.aggregator.turn.History.Step;
import lull.contract.message.Flag;
import lull.contract.message.Message;
import lull.contract.turn.GapDecision;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random histories against an oracle. A failure names its seed and tells the smallest part of the history
/// that fails; [#main(String\[\])] runs from a seed until it is stopped.
final class TurnSimulationTest {

    private static final int FEW = 1_000;
    private static final int MANY = 10_000;

    @Test
    void makesTheTurnsOfTheOracleWhateverHappensAndWhereverItCrashes() {
        checkHistories(FEW);
    }

    @Tag("proof")
    @Test
    void makesTheTurnsOfTheOracleInManyHistories() {
        checkHistories(MANY);
    }

    @Test
    void tellsTheSmallestPartOfAHistoryThatFails() {
        Consumer<History> threeMessagesAreTooMany =
                history -> assertThat(messages(history)).isLessThan(3);

        assertThatThrownBy(() -> check(1, threeMessagesAreTooMany))
                .hasMessageContaining("-Dlull.seed=1")
                .hasMessageContaining("0  at ")
                .hasMessageContaining("2  at ")
                .hasMessageContaining("message wamid.")
                .hasMessageNotContaining("3  at ")
                .hasCauseInstanceOf(AssertionError.class);
    }

    /// Checks one history after the other until it is stopped.
    ///
    /// @param arguments the seed of the first history, or nothing
    public static void main(String[] arguments) {
        long first = arguments.length > 0 ? Long.parseLong(arguments[0]) : System.nanoTime();
        for (long seed = first; ; seed++) {
            check(seed);
            if ((seed - first) % MANY == MANY - 1) {
                System.out.println(seed - first + 1 + " histories from seed " + first + " are exact");
            }
        }
    }

    private static void checkHistories(int histories) {
        long first = Long.getLong("lull.seed", System.nanoTime());
        System.out.println("Histories from -Dlull.seed=" + first);
        int holes = 0;
        int duplicates = 0;
        int joinedLate = 0;
        int cuts = 0;
        int misrouted = 0;
        int ungathered = 0;
        Map<String, Integer> destinations = new HashMap<>();
        Map<GapDecision.By, Integer> decisions = new EnumMap<>(GapDecision.By.class);
        for (long seed = first; seed < first + histories; seed++) {
            RecordedEvents seen = check(seed);
            holes += seen.holes;
            duplicates += seen.duplicates;
            joinedLate += seen.joinedLate;
            cuts += seen.cuts;
            misrouted += seen.misrouted;
            ungathered += (int) seen.closings.stream()
                    .filter(closing -> !closing.turn().isOn(Flag.GATHERING, true))
                    .count();
            seen.closings.stream()
                    .map(closing -> closing.turn().route())
                    .filter(Objects::nonNull)
                    .forEach(route -> destinations.merge(route.destination(), 1, Integer::sum));
            seen.decisions.forEach((by, count) -> decisions.merge(by, count, Integer::sum));
        }
        // The histories would prove little if what they are for did not happen in them.
        assertThat(holes).as("holes").isGreaterThan(histories / 10);
        assertThat(duplicates).as("duplicates").isGreaterThan(histories / 10);
        assertThat(joinedLate).as("late joins").isGreaterThan(histories / 25);
        assertThat(cuts).as("cut thoughts").isGreaterThan(histories / 10);
        assertThat(misrouted).as("turns whose destination is missing").isGreaterThan(histories / 10);
        assertThat(ungathered).as("turns whose messages are not gathered").isGreaterThan(histories / 4);
        assertThat(destinations)
                .as("destinations")
                .containsOnlyKeys("connect", "bot", "crm")
                .allSatisfy((_, turns) -> assertThat(turns).isGreaterThan(histories / 4));
        assertThat(decisions)
                .as("decisions of the adaptive gap")
                .containsKeys(GapDecision.By.ADAPTIVE, GapDecision.By.SHADOW);
        if (histories >= MANY) {
            assertThat(decisions).containsKey(GapDecision.By.FALLBACK);
        }
    }

    private static RecordedEvents check(long seed) {
        History history = HistoryMaker.make(seed);
        try {
            return Simulation.check(history);
        } catch (AssertionError | RuntimeException _) {
            check(seed, Simulation::check);
            throw new AssertionError("-Dlull.seed=" + seed + " failed, but not again");
        }
    }

    private static void check(long seed, Consumer<History> check) {
        History history = HistoryMaker.make(seed);
        if (failure(check, history) != null) {
            List<Step> steps = Shrinker.shrink(history.steps(), part -> failure(check, history.with(part)) != null);
            History small = history.with(steps);
            throw new AssertionError(
                    "-Dlull.seed=" + seed + " fails, and so does this part of its history:\n" + small,
                    failure(check, small));
        }
    }

    private static @Nullable Throwable failure(Consumer<History> check, History history) {
        try {
            check.accept(history);
            return null;
        } catch (AssertionError | RuntimeException e) {
            return e;
        }
    }

    private static long messages(History history) {
        return history.log()
                .map(Appended::record)
                .filter(Message.class::isInstance)
                .count();
    }
}
