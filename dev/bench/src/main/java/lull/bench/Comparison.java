package lull.bench;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Results of every form with the same messages, round by round.
///
/// @param perTurn messages of a turn
/// @param remarks on turns of peers that are not those of the aggregator, in words
/// @param flaws why the figures are worth nothing, in words; empty where they are worth something
record Comparison(int perTurn, List<Map<TurnMaker, Entry>> rounds, List<String> remarks, List<String> flaws) {

    /// One form in one round.
    ///
    /// @param brokerMicros CPU of the broker from start to stop of the application, for a message
    record Entry(Pass pass, double brokerMicros) {}

    /// A figure of a form over the rounds.
    Spread of(TurnMaker maker, ToDoubleFunction<Entry> figure) {
        return Spread.of(rounds.stream()
                .mapToDouble(round -> figure.applyAsDouble(requireNonNull(round.get(maker))))
                .toArray());
    }

    /// How many times the aggregator's CPU a form takes for a message, round by round.
    Spread timesLull(TurnMaker maker) {
        return Spread.of(rounds.stream()
                .mapToDouble(round -> requireNonNull(round.get(maker)).pass().cpuPerMillion()
                        / requireNonNull(round.get(TurnMaker.LULL)).pass().cpuPerMillion())
                .toArray());
    }

    /// Collects rounds.
    static final class Builder {
        private final int perTurn;
        private final List<Map<TurnMaker, Entry>> rounds = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();
        private final List<String> flaws = new ArrayList<>();

        Builder(int perTurn) {
            this.perTurn = perTurn;
        }

        void add(Map<TurnMaker, Entry> round) {
            rounds.add(Collections.unmodifiableMap(new LinkedHashMap<>(round)));
        }

        void remark(String remark) {
            remarks.add(remark);
        }

        void flaw(String flaw) {
            flaws.add(flaw);
        }

        Comparison build() {
            return new Comparison(perTurn, List.copyOf(rounds), List.copyOf(remarks), List.copyOf(flaws));
        }
    }
}
