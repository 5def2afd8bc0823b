package lull.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lull.bench.peer.TurnPeer;
import org.jspecify.annotations.Nullable;

/// Plan of a run of the benchmark of turns.
///
/// @param parts which parts are run
/// @param forms what is compared, the aggregator always
/// @param rounds of the comparison, besides the first, which warms up, 1 to 100
/// @param messages that each form reads in a round, and that are measured at each number of open turns,
///     1000 to 10 million
/// @param perTurn messages of a turn in the comparison, each 1 to 30
/// @param openTurns how many turns are open while the aggregator is measured, each 5000 to 2 million
/// @param perHour messages a second of the hour before a restart, 1 to 2000
/// @param rates messages a second while the closing delay is measured, each 1 to 100000
/// @param seconds how long each rate lasts, 1 to 3600
/// @param peers what is measured beside Lull; none if nothing but forms of this module is
/// @param commitIntervals how often a peer commits what it has done, each 10 ms to 1 minute; it is
///     compared with each, and otherwise tried with the first
/// @param jfr where the recording of the aggregator goes; none is made where it is absent
record TurnsPlan(
        Set<Part> parts,
        Set<TurnForm> forms,
        int rounds,
        int messages,
        List<Integer> perTurn,
        List<Integer> openTurns,
        int perHour,
        List<Integer> rates,
        int seconds,
        List<TurnPeer> peers,
        List<Duration> commitIntervals,
        @Nullable Path jfr) {

    /// A part of the benchmark.
    enum Part {
        /// The aggregator beside the DSL.
        COMPARE,
        /// What open turns take.
        OPEN,
        /// How long restarts take.
        RESTORE,
        /// How late turns come.
        DELAY,
        /// What peers do in silence.
        SILENCE,
        /// What peers do after a kill.
        KILL
    }

    /// What is measured if peers are and nothing else is said.
    static final Set<Part> PARTS_OF_PEERS = Set.of(Part.COMPARE, Part.SILENCE, Part.KILL);

    /// What peers are compared with if nothing else is said: the form of the DSL that does what they do
    /// at the lowest cost, with both commit intervals of the aggregator.
    static final Set<TurnForm> FORMS_BESIDE_PEERS =
            Set.of(TurnForm.LULL, TurnForm.ON_CLOSE_ONCE, TurnForm.ON_CLOSE_ONCE_500);

    /// Partitions of every topic.
    static final int PARTITIONS = 4;

    /// The gap of the comparison: the default of the aggregator.
    static final Duration GAP = Duration.ofSeconds(5);

    private static final Duration SHORTEST_COMMIT = Duration.ofMillis(10);
    private static final Duration LONGEST_COMMIT = Duration.ofMinutes(1);

    TurnsPlan {
        parts = Set.copyOf(EnumSet.copyOf(parts));
        Set<TurnForm> withLull = EnumSet.of(TurnForm.LULL);
        withLull.addAll(forms);
        forms = Collections.unmodifiableSet(withLull);
        perTurn = List.copyOf(perTurn);
        openTurns = List.copyOf(openTurns);
        rates = List.copyOf(rates);
        peers = List.copyOf(peers);
        commitIntervals = List.copyOf(commitIntervals);
        require(rounds >= 1 && rounds <= 100, "--rounds must be 1 to 100");
        require(messages >= 1000 && messages <= 10_000_000, "--messages must be 1000 to 10000000");
        require(perTurn.stream().allMatch(number -> number >= 1 && number <= 30), "--per-turn must be 1 to 30 each");
        require(
                openTurns.stream().allMatch(open -> open >= 5_000 && open <= 2_000_000),
                "--open must be 5000 to 2000000 each");
        require(perHour >= 1 && perHour <= 2_000, "--hour must be 1 to 2000");
        require(rates.stream().allMatch(rate -> rate >= 1 && rate <= 100_000), "--rates must be 1 to 100000 each");
        require(
                !commitIntervals.isEmpty()
                        && commitIntervals.stream()
                                .allMatch(interval -> interval.compareTo(SHORTEST_COMMIT) >= 0
                                        && interval.compareTo(LONGEST_COMMIT) <= 0),
                "--peer-commit must be 10 to 60000 each");
        require(seconds >= 1 && seconds <= 3600, "--seconds must be 1 to 3600");
    }

    /// What is compared, the aggregator first.
    List<TurnMaker> compared() {
        Stream<TurnMaker> own = forms.stream().map(TurnMaker.Own::new);
        Stream<TurnMaker> others = peers.stream()
                .filter(TurnPeer::isCompared)
                .flatMap(peer -> commitIntervals.stream().map(interval -> new TurnMaker.Other(peer, interval)));
        return Stream.concat(own, others).toList();
    }

    /// What is tried in silence and after a kill, the aggregator first.
    List<TurnMaker> tried() {
        Stream<TurnMaker> others = peers.stream().map(peer -> new TurnMaker.Other(peer, commitIntervals.getFirst()));
        return Stream.concat(Stream.of(TurnMaker.LULL), others).toList();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
