package lull.console.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// Everything that is known of all processes at one time, and how fast their counters grow. Immutable.
///
/// @param at when the visit ended
/// @param rates growth of counters per second since an earlier visit, over all processes, by meter and tags
/// @param since when what is now so began, by a key of its own, as far as this console has seen
public record Snapshot(Instant at, List<ProcessState> processes, List<Sample> rates, Map<String, Instant> since) {

    /// The state before the first visit.
    static final Snapshot NONE = new Snapshot(Instant.EPOCH, List.of(), List.of(), Map.of());

    public Snapshot {
        processes = List.copyOf(processes);
        rates = List.copyOf(rates);
        since = Map.copyOf(since);
    }

    /// Whether the processes were visited at all.
    public boolean isKnown() {
        return !at.equals(Instant.EPOCH);
    }

    /// Returns the values of a meter in all processes. What is not a number is absent.
    public Stream<Sample> values(String name) {
        return meters(name).filter(sample -> Double.isFinite(sample.value()));
    }

    /// Returns a meter in all processes, also where it has no value now.
    Stream<Sample> meters(String name) {
        return processes.stream()
                .flatMap(process -> process.samples().stream())
                .filter(sample -> sample.name().equals(name));
    }

    /// Returns the sum of a meter over all processes; NaN if none has it.
    public double sum(String name, Predicate<Sample> wanted) {
        return total(values(name).filter(wanted));
    }

    /// Returns the largest value of a meter in any process; NaN if none has it.
    public double max(String name, Predicate<Sample> wanted) {
        return values(name).filter(wanted).mapToDouble(Sample::value).max().orElse(Double.NaN);
    }

    /// Returns how fast a counter grows, per second, over all processes; NaN if that is unknown.
    public double rate(String name, Predicate<Sample> wanted) {
        return total(rates.stream().filter(sample -> sample.name().equals(name)).filter(wanted));
    }

    /// Returns for how long something has been so, as far as this console has seen.
    public Optional<Duration> lasting(String key) {
        return Optional.ofNullable(since.get(key)).map(begin -> Duration.between(begin, at));
    }

    private static double total(Stream<Sample> samples) {
        double[] values = samples.mapToDouble(Sample::value).toArray();
        return values.length == 0 ? Double.NaN : DoubleStream.of(values).sum();
    }

    @Override
    public String toString() {
        return "Snapshot[" + at + ", " + processes.size() + " processes]";
    }
}
