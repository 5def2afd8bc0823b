package lull.console.figures;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// How long customers wait for a flow, which is a consumer group of Lull. Immutable.
///
/// The wait is estimated: records that are not handled yet, divided by how many the flow handles in a
/// second. If it handles none, it is the time since the flow last had none left. A record that waits for
/// another attempt counts as long as it has waited.
///
/// @param flow the name of the consumer group
/// @param records the largest number of records in a partition that are not handled yet, or all that wait for another
///     attempt if these are more
/// @param perSecond how many records the flow handles in a second; NaN if that is unknown
/// @param retrying conversations whose record waits for another attempt
/// @param estimate of the wait; empty if it is unknown
/// @param since how long it has not been without a record; empty if it has none
public record FlowWait(
        String flow,
        long records,
        double perSecond,
        long retrying,
        Optional<Duration> estimate,
        Optional<Duration> since) {

    private static final String LAG = "lull_kafka_lag";
    private static final List<String> ATTEMPTS =
            List.of("lull_bridge_attempts_seconds_count", "lull_applications_attempts_seconds_count");
    private static final List<String> WAITING = List.of("lull_bridge_lanes_waiting", "lull_applications_lanes_waiting");
    private static final List<String> STUCK =
            List.of("lull_bridge_lanes_stuck_records", "lull_applications_lanes_stuck_records");
    private static final List<String> FINISHED = List.of("done", "refused", "given_up");

    /// Below this rate a flow counts as one that handles nothing: one record in five minutes.
    private static final double SLOWEST = 1.0 / 300;

    /// Returns the flows of all processes, by name.
    public static List<FlowWait> all(Snapshot snapshot) {
        TreeSet<String> flows = new TreeSet<>();
        // A consumer that has fetched nothing for a while reports no lag, because it has none left or because it waits.
        snapshot.meters(LAG).forEach(sample -> flows.add(sample.label("group")));
        return flows.stream().map(flow -> of(snapshot, flow)).toList();
    }

    /// Returns the key by which a snapshot says since when a flow has had records.
    static String key(String flow) {
        return "flow " + flow;
    }

    /// Returns the keys of the flows that have records now.
    static Stream<String> waiting(Snapshot snapshot) {
        return all(snapshot).stream()
                .filter(flow -> flow.records() > 0 || flow.retrying() > 0)
                .map(flow -> key(flow.flow()));
    }

    private static FlowWait of(Snapshot snapshot, String flow) {
        double lag = snapshot.max(LAG, sample -> sample.label("group").equals(flow));
        double rate = known(
                ATTEMPTS,
                name -> snapshot.rate(
                        name,
                        sample -> sample.label("flow").equals(flow) && FINISHED.contains(sample.label("outcome"))));
        double retrying = known(
                WAITING,
                name -> snapshot.sum(name, sample -> sample.label("flow").equals(flow)));
        // What was fetched and waits for another attempt is no lag of the consumer.
        double stuck = known(
                STUCK, name -> snapshot.sum(name, sample -> sample.label("flow").equals(flow)));
        long records = Math.max(Double.isNaN(lag) ? 0 : Math.round(lag), Double.isNaN(stuck) ? 0 : Math.round(stuck));
        long retries = Double.isNaN(retrying) ? 0 : Math.round(retrying);
        Optional<Duration> since = snapshot.lasting(key(flow));
        Optional<Duration> estimate = since;
        if (records == 0 && retries == 0) {
            estimate = Optional.of(Duration.ZERO);
        } else if (records > 0 && rate >= SLOWEST) {
            estimate = Optional.of(Duration.ofMillis(Math.round(1000 * records / rate)));
        }
        Optional<Duration> oldest = oldest(snapshot, flow);
        if (oldest.isPresent()
                && estimate.map(wait -> wait.compareTo(oldest.get()) < 0).orElse(true)) {
            estimate = oldest;
        }
        return new FlowWait(flow, records, rate, retries, estimate, since);
    }

    /// Returns how long the oldest record has waited that could not be handled yet; empty if there is none.
    private static Optional<Duration> oldest(Snapshot snapshot, String flow) {
        return snapshot.processes().stream()
                .flatMap(process -> process.waiting().stream())
                .filter(waiting -> waiting.flow().equals(flow))
                .map(waiting -> Duration.between(waiting.since(), snapshot.at()))
                .filter(wait -> !wait.isNegative())
                .max(Comparator.naturalOrder());
    }

    /// Returns the sum of what is known; NaN if nothing is.
    private static double known(List<String> names, ToDoubleFunction<String> value) {
        return names.stream()
                .mapToDouble(value)
                .filter(each -> !Double.isNaN(each))
                .reduce(Double.NaN, (one, other) -> Double.isNaN(one) ? other : one + other);
    }

    static double longestSeconds(Snapshot snapshot) {
        return all(snapshot).stream()
                .flatMap(flow -> flow.estimate().stream())
                .mapToDouble(wait -> wait.toMillis() / 1000.0)
                .max()
                .orElse(Double.NaN);
    }
}
