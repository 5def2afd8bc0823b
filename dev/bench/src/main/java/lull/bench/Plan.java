package lull.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import lull.bench.peer.WebhookPeer;
import org.jspecify.annotations.Nullable;

/// Plan of a run of the benchmark.
///
/// @param connections kept alive during a phase, 1 to 10000
/// @param rounds each of which measures every target once, 1 to 1000
/// @param phase how long one target is measured in a round, 100 ms to an hour
/// @param warmUp of each target before the first round, up to an hour
/// @param peers that are measured too
/// @param jfr where the recording of the ingress goes; none is made where it is absent
record Plan(
        int connections,
        int rounds,
        Duration phase,
        Duration warmUp,
        List<WebhookPeer> peers,
        @Nullable Path jfr) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final long MOST_REQUESTS = 200_000;
    private static final long REQUESTS_PER_SECOND = 40_000;

    Plan {
        peers = List.copyOf(peers);
        require(connections >= 1 && connections <= 10_000, "--connections must be 1 to 10000");
        require(rounds >= 1 && rounds <= 1_000, "--rounds must be 1 to 1000");
        require(phase.compareTo(SHORTEST) >= 0 && phase.compareTo(LONGEST) <= 0, "--seconds must be 0.1 to 3600");
        require(!warmUp.isNegative() && warmUp.compareTo(LONGEST) <= 0, "--warm-up must be 0 to 3600");
    }

    /// What is measured, in the order of a round.
    List<Target> targets() {
        return Stream.concat(Target.OWN.stream(), peers.stream().map(Target.Other::new))
                .toList();
    }

    /// How long the latency of each target is measured: two phases, so that the tail has enough requests in it.
    Duration latencyPhase() {
        return phase.multipliedBy(2);
    }

    /// How many different requests are made beforehand: more than an ingress takes in a phase, as far as they
    /// fit into memory. After the last comes the first again.
    int requests() {
        return (int) Math.min(MOST_REQUESTS, REQUESTS_PER_SECOND * phase.toMillis() / 1000);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
