package lull.bench;

import java.util.List;

/// Plan of how the bridge is measured.
///
/// @param latencies of Connect's answers, in milliseconds
/// @param rates turns a second while the delay is measured
/// @param seconds of each rate
/// @param conversations that speak, each in a chat that is open
/// @param backlog turns that wait when the throughput is measured
record BridgePlan(List<Integer> latencies, List<Integer> rates, int seconds, int conversations, int backlog) {

    static final int PARTITIONS = 8;

    private static final int LONGEST_SECONDS = 3_600;
    private static final int MOST = 10_000_000;

    BridgePlan {
        latencies = List.copyOf(latencies);
        rates = List.copyOf(rates);
        require(
                !latencies.isEmpty() && latencies.stream().allMatch(latency -> latency >= 0 && latency <= 10_000),
                "--latencies must be from 0 to 10000");
        require(rates.stream().allMatch(rate -> rate >= 1 && rate <= 100_000), "--rates must be from 1 to 100000");
        require(seconds >= 1 && seconds <= LONGEST_SECONDS, "--seconds must be from 1 to 3600");
        require(conversations >= 1 && conversations <= MOST, "--conversations must be from 1 to 10000000");
        require(backlog >= 1 && backlog <= MOST, "--backlog must be from 1 to 10000000");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
