package lull.console.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// How fast the counters of all processes grow, over the last minute. For one thread.
final class Rates {

    private static final Duration REACH = Duration.ofMinutes(1);

    private final Deque<Visit> visits = new ArrayDeque<>();

    private record Series(String address, String name, Map<String, String> labels) {}

    private record Visit(Instant at, Map<Series, Double> counters) {}

    /// Adds a visit, and returns the growth of each counter per second since a visit of about a minute before, over
    /// all processes. A process that was restarted counts from 0.
    List<Sample> after(Instant at, List<ProcessState> processes) {
        Map<Series, Double> counters = new HashMap<>();
        for (ProcessState process : processes) {
            for (Sample sample : process.samples()) {
                if (sample.name().endsWith("_total") || sample.name().endsWith("_count")) {
                    counters.put(new Series(process.address(), sample.name(), sample.labels()), sample.value());
                }
            }
        }
        while (visits.size() > 1 && Duration.between(visits.getFirst().at(), at).compareTo(REACH) > 0) {
            visits.removeFirst();
        }
        Visit before = visits.peekFirst();
        visits.addLast(new Visit(at, counters));
        return before == null ? List.of() : growth(before, at, counters);
    }

    private static List<Sample> growth(Visit before, Instant at, Map<Series, Double> counters) {
        double seconds = Duration.between(before.at(), at).toMillis() / 1000.0;
        if (seconds <= 0) {
            return List.of();
        }
        // A process that was not visited before has counted for longer than the time in between.
        Set<String> known =
                before.counters().keySet().stream().map(Series::address).collect(Collectors.toSet());
        Map<Series, Double> sums = new HashMap<>();
        counters.forEach((series, value) -> {
            double earlier = before.counters().getOrDefault(series, 0.0);
            double grown = value >= earlier ? value - earlier : value;
            sums.merge(
                    new Series("", series.name(), series.labels()),
                    known.contains(series.address()) ? grown / seconds : 0,
                    Double::sum);
        });
        List<Sample> rates = new ArrayList<>();
        sums.forEach((series, rate) -> rates.add(new Sample(series.name(), series.labels(), rate)));
        return rates;
    }
}
