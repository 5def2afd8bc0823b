package lull.lanes;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/// What an engine has counted, for tests.
final class CountedFlow implements FlowMetrics {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    private final Map<String, DoubleSupplier> values = new ConcurrentHashMap<>();

    /// What a gauge shows now.
    double value(String name) {
        return Objects.requireNonNull(values.get(name)).getAsDouble();
    }

    void add(String name) {
        counts.merge(name, 1, Integer::sum);
    }

    int count(String name) {
        return counts.getOrDefault(name, 0);
    }

    @Override
    public void handled(String outcome, Duration took) {
        counts.merge(outcome, 1, Integer::sum);
    }

    @Override
    public void skipped() {
        counts.merge("skipped", 1, Integer::sum);
    }

    @Override
    public void commitFailed() {
        counts.merge("commitFailed", 1, Integer::sum);
    }

    @Override
    public void pollFailed() {
        counts.merge("pollFailed", 1, Integer::sum);
    }

    @Override
    public void unwanted(int records) {
        counts.merge("unwanted", records, Integer::sum);
    }

    @Override
    public void paused(List<PausedScope> scopes) {
        counts.put("paused", scopes.size());
    }

    @Override
    public <T> void show(String name, String description, T owner, ToDoubleFunction<T> value) {
        values.put(name, () -> value.applyAsDouble(owner));
    }
}
