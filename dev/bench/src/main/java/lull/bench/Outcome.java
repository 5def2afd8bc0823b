package lull.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Result of a run.
///
/// @param machine what it ran on, in words
/// @param latencyRate requests a second while latency was measured
/// @param latencies of each target at that rate
/// @param accepted webhooks that the ingress has answered with 200 in the whole run, warm-up included
/// @param records that are on the input topic in the end
/// @param failures of any target in any phase, in words
record Outcome(
        Plan plan,
        String machine,
        List<Round> rounds,
        double latencyRate,
        Map<Target, LoadResult> latencies,
        long accepted,
        long records,
        List<String> failures) {

    Outcome {
        rounds = List.copyOf(rounds);
        latencies = Map.copyOf(latencies);
        failures = List.copyOf(failures);
    }

    /// Why the figures are worth nothing; empty where the run is valid.
    List<String> flaws() {
        List<String> flaws = new ArrayList<>(failures);
        if (accepted != records) {
            flaws.add("The ingress answered 200 to " + accepted + " webhooks, and " + records
                    + " records are on the input topic");
        }
        if (accepted == 0) {
            flaws.add("The ingress accepted nothing");
        }
        return flaws;
    }

    /// A figure of each round, put together.
    Spread over(ToDoubleFunction<Round> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).toArray());
    }
}
