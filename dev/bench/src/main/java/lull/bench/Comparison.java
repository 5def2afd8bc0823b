package lull.bench;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Results of every form with the same messages, round by round.
///
/// @param perTurn messages of a turn
/// @param flaws why the figures are worth nothing, in words; empty where they are worth something
record Comparison(int perTurn, List<Map<TurnForm, Entry>> rounds, List<String> flaws) {

    /// One form in one round.
    ///
    /// @param brokerMicros CPU of the broker from start to stop of the application, for a message
    record Entry(Pass pass, double brokerMicros) {}

    /// A figure of a form over the rounds.
    Spread of(TurnForm form, ToDoubleFunction<Entry> figure) {
        return Spread.of(rounds.stream()
                .mapToDouble(round -> figure.applyAsDouble(requireNonNull(round.get(form))))
                .toArray());
    }

    /// How many times the aggregator's CPU a form takes for a message, round by round.
    Spread timesLull(TurnForm form) {
        return Spread.of(rounds.stream()
                .mapToDouble(round -> requireNonNull(round.get(form)).pass().cpuPerMillion()
                        / requireNonNull(round.get(TurnForm.LULL)).pass().cpuPerMillion())
                .toArray());
    }

    /// Collects rounds.
    static final class Builder {
        private final int perTurn;
        private final List<Map<TurnForm, Entry>> rounds = new ArrayList<>();
        private final List<String> flaws = new ArrayList<>();

        Builder(int perTurn) {
            this.perTurn = perTurn;
        }

        void add(Map<TurnForm, Entry> round) {
            rounds.add(new EnumMap<>(round));
        }

        void flaw(String flaw) {
            flaws.add(flaw);
        }

        Comparison build() {
            return new Comparison(perTurn, List.copyOf(rounds), List.copyOf(flaws));
        }
    }
}
