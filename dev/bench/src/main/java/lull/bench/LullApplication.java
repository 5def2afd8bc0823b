package lull.bench;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import lull.aggregator.AggregatorService;
import lull.aggregator.AggregatorSettings;
import lull.bench.peer.TurnApplication;
import lull.bench.peer.Work;
import lull.runtime.Lifecycle;
import lull.runtime.process.ProcessSettings;
import lull.runtime.process.ServiceContext;
import lull.runtime.process.ServiceProcess;
import lull.runtime.settings.Setting;
import lull.runtime.settings.SettingsLoader;

/// The aggregator as `lull aggregator` starts it, with all defaults but addresses, topics, the gap, what decides
/// how long to wait, and a turn that may last an hour.
final class LullApplication implements TurnApplication {

    private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();

    private final String bootstrapServers;
    private final String folder;
    private final boolean isAdaptive;

    LullApplication(String bootstrapServers, String folder, boolean isAdaptive) {
        this.bootstrapServers = bootstrapServers;
        this.folder = folder;
        this.isAdaptive = isAdaptive;
    }

    @Override
    public Started start(Work work, Lifecycle components) throws Exception {
        Map<String, String> settings = Map.of(
                "kafka.bootstrap.servers",
                bootstrapServers,
                "admin.port",
                "0",
                "aggregator.port",
                "0",
                "topics.inputs",
                work.input(),
                "turn.gap",
                work.gap().toMillis() + "ms",
                "turn.gap.policy",
                isAdaptive ? "adaptive" : "fixed",
                "turn.max.duration",
                "1h",
                "turn.output",
                work.output(),
                "streams.state.dir",
                Path.of(folder, work.round()).toString());
        List<Setting<?>> known = new ArrayList<>(ProcessSettings.ALL);
        known.addAll(AggregatorSettings.all(List.of(work.input()), List.of(), List.of()));
        AtomicReference<ServiceContext> started = new AtomicReference<>();
        ServiceProcess.start("aggregator", new SettingsLoader(known).load(Map.of(), settings), components, services -> {
            AggregatorService.start(services);
            started.set(services);
        });
        ServiceContext running = requireNonNull(started.get());
        while (!running.health().problems().isEmpty()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        Gauge open = running.metrics().registry().get("lull.turns.open").gauge();
        return new StreamsApplication(() -> Math.round(open.value()));
    }
}
