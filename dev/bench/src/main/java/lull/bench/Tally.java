package lull.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts of what attackers did, and how they were answered. Safe for several threads.
final class Tally {

    private final LongAdder connections = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder believed = new LongAdder();
    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();

    /// The counts at one moment.
    ///
    /// @param requests that were begun, whole or not
    /// @param believed requests that were accepted, though nobody had signed them
    /// @param answers by status; `none` if the connection ended without one
    record Counts(long connections, long requests, long believed, Map<String, Long> answers) {
        Counts {
            answers = Map.copyOf(answers);
        }
    }

    void connected() {
        connections.increment();
    }

    void requested() {
        requests.increment();
    }

    /// @param status of the answer; 0 if there was none
    void answered(int status) {
        answers.computeIfAbsent(status == 0 ? "none" : Integer.toString(status), _ -> new LongAdder())
                .increment();
    }

    void believed() {
        believed.increment();
    }

    Counts counts() {
        Map<String, Long> byStatus = new TreeMap<>();
        answers.forEach((status, count) -> byStatus.put(status, count.sum()));
        return new Counts(connections.sum(), requests.sum(), believed.sum(), byStatus);
    }
}
