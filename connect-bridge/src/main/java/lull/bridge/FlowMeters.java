package lull.bridge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import lull.lanes.FlowMetrics;

/// Meters of one flow of the bridge. Safe for several threads.
public final class FlowMeters implements FlowMetrics {

    private final MeterRegistry registry;
    private final String flow;
    private final MultiGauge pauses;

    /// @param flow the consumer group, as a tag
    public FlowMeters(MeterRegistry registry, String flow) {
        this.registry = registry;
        this.flow = flow;
        this.pauses = MultiGauge.builder("lull.bridge.pauses")
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
        Timer.builder("lull.bridge.attempts")
                .description("Attempts at records by flow and outcome")
                .tag("flow", flow)
                .tag("outcome", outcome)
                .register(registry)
                .record(took);
    }

    @Override
    public void skipped() {
        counter("lull.bridge.skipped", "Records that were finished before a restart", "flow", flow)
                .increment();
    }

    @Override
    public void commitFailed() {
        counter("lull.bridge.commits.failed", "Commits of offsets that failed", "flow", flow)
                .increment();
    }

    @Override
    public void pollFailed() {
        counter("lull.bridge.polls.failed", "Failed iterations of poll loops", "flow", flow)
                .increment();
    }

    @Override
    public void unwanted(int records) {
        counter(
                        "lull.bridge.records.unwanted",
                        "Records of partitions that were not assigned to this process; they are read again",
                        "flow",
                        flow)
                .increment(records);
    }

    @Override
    public <T> void show(String name, String description, T owner, ToDoubleFunction<T> value) {
        Gauge.builder("lull.bridge.lanes." + name, owner, value)
                .description(description)
                .tag("flow", flow)
                .register(registry);
    }

    private Counter counter(String name, String description, String tag, String value) {
        return Counter.builder(name).description(description).tag(tag, value).register(registry);
    }
}
