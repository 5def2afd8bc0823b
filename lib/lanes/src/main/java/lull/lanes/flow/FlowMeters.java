package lull.lanes.flow;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import lull.lanes.FlowMetrics;

/// Meters of one flow of a process. Safe for several threads.
public final class FlowMeters implements FlowMetrics {

    private final MeterRegistry registry;
    private final String prefix;
    private final String flow;
    private final MultiGauge pauses;

    /// Timers by outcome: they are asked for with every record.
    private final Map<String, Timer> attempts = new ConcurrentHashMap<>();

    /// @param process whose meters begin with `lull.` and this word
    /// @param flow the consumer group, as a tag
    public FlowMeters(MeterRegistry registry, String process, String flow) {
        this.registry = registry;
        this.prefix = "lull." + process + ".";
        this.flow = flow;
        this.pauses = MultiGauge.builder(prefix + "pauses")
                .description("1 for each pause: records in its scope wait until the configuration is fixed")
                .tag("flow", flow)
                .register(registry);
    }

    @Override
    public void paused(List<PausedScope> scopes) {
        pauses.register(
                scopes.stream()
                        .map(scope -> MultiGauge.Row.of(Tags.of("scope", scope.kind(), "name", scope.name()), 1))
                        .toList(),
                true);
    }

    @Override
    public void handled(String outcome, Duration took) {
        attempts.computeIfAbsent(outcome, this::attempts).record(took);
    }

    private Timer attempts(String outcome) {
        return Timer.builder(prefix + "attempts")
                .description("Attempts at records by flow and outcome")
                .tag("flow", flow)
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public void skipped() {
        counter(prefix + "skipped", "Records that were finished before a restart", "flow", flow)
                .increment();
    }

    @Override
    public void commitFailed() {
        counter(prefix + "commits.failed", "Commits of offsets that failed", "flow", flow)
                .increment();
    }

    @Override
    public void pollFailed() {
        counter(prefix + "polls.failed", "Failed iterations of poll loops", "flow", flow)
                .increment();
    }

    @Override
    public void unwanted(int records) {
        counter(
                        prefix + "records.unwanted",
                        "Records of partitions that were not assigned to this process; they are read again",
                        "flow",
                        flow)
                .increment(records);
    }

    @Override
    public <T> void show(String name, String description, T owner, ToDoubleFunction<T> value) {
        Gauge.builder(prefix + "lanes." + name, owner, value)
                .description(description)
                .tag("flow", flow)
                .register(registry);
    }

    private Counter counter(String name, String description, String tag, String value) {
        return Counter.builder(name).description(description).tag(tag, value).register(registry);
    }
}
