package lull.runtime.process;

import io.micrometer.core.instrument.Gauge;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import lull.runtime.BuildInfo;
import lull.runtime.Lifecycle;
import lull.runtime.admin.AdminServer;
import lull.runtime.admin.AdminSettings;
import lull.runtime.admin.Dependencies;
import lull.runtime.admin.Health;
import lull.runtime.admin.Metrics;
import lull.runtime.admin.ThreadDeaths;
import lull.runtime.http.HttpSettings;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.KafkaWatch;
import lull.runtime.log.SuppressedWarnings;
import lull.runtime.settings.Settings;
import lull.runtime.trace.Tracing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Process that runs one or more services: the admin port first, so that monitoring sees the process
/// start, then the services.
public final class ServiceProcess {

    private static final Logger log = LoggerFactory.getLogger(ServiceProcess.class);

    /// Starts one or more services on a context.
    @FunctionalInterface
    public interface Services {
        void start(ServiceContext context) throws Exception;
    }

    /// Starts a service that works without Kafka.
    @FunctionalInterface
    public interface PlainServices {
        void start(PlainContext context) throws Exception;
    }

    private ServiceProcess() {}

    /// Runs until the process receives the signal to stop, and returns the exit code.
    public static int run(String name, Settings settings, Services services) {
        return Launcher.run(name, settings.get(ProcessSettings.STOP_TIMEOUT), components -> {
            settings.changed().forEach(ServiceProcess::logChanged);
            start(name, settings, components, context -> {
                ThreadDeaths.watch(context.health());
                services.start(context);
            });
        });
    }

    /// Does the same for a service that works without Kafka: the process is ready regardless of any broker.
    public static int runPlain(String name, Settings settings, PlainServices services) {
        return Launcher.run(name, settings.get(ProcessSettings.STOP_TIMEOUT), components -> {
            settings.changed().forEach(ServiceProcess::logChanged);
            startPlain(name, settings, components, context -> {
                ThreadDeaths.watch(context.health());
                services.start(context);
            });
        });
    }

    /// Logs a setting that differs from its default, on a separate line.
    ///
    /// @param value as it may be shown, secrets hidden
    public static void logChanged(String setting, String value) {
        log.atInfo().addKeyValue("setting", setting).addKeyValue("value", value).log("Changed setting");
    }

    /// Starts the admin port and the services as these components.
    public static void start(String name, Settings settings, Lifecycle components, Services services) throws Exception {
        startPlain(name, settings, components, plain -> {
            KafkaWatch kafka = components.add(
                    "kafka watch", KafkaWatch.start(KafkaSetup.of(settings), plain.dependencies(), System::nanoTime));
            services.start(new ServiceContext(
                    settings,
                    plain.health(),
                    plain.metrics(),
                    components,
                    plain.dependencies(),
                    kafka,
                    plain.clock(),
                    plain.tracing()));
        });
    }

    private static void startPlain(String name, Settings settings, Lifecycle components, PlainServices services)
            throws Exception {
        log.atInfo()
                .addKeyValue("process", name)
                .addKeyValue("version", BuildInfo.read().version())
                .log("Starting");
        Metrics metrics = components.add("metrics", new Metrics());
        Health health = new Health();
        AtomicBoolean started = new AtomicBoolean();
        health.readyWhile(name, () -> started.get() ? Optional.empty() : Optional.of("starting"));
        components.add(
                "admin",
                AdminServer.start(
                        HttpSettings.options(settings, "admin", AdminSettings.adminAddress(settings, name)),
                        AdminSettings.TLS.keyStore(settings),
                        HttpSettings.inFlight(settings),
                        health,
                        metrics,
                        info(name)));
        show(health, metrics);
        InstantSource clock = InstantSource.system();
        SuppressedWarnings.bindTo(metrics.registry());
        Dependencies dependencies =
                components.add("dependencies", new Dependencies(health, metrics.registry(), clock, System::nanoTime));
        Tracing tracing = components.add("tracing", Tracing.start(name, metrics.registry()));
        services.start(new PlainContext(settings, health, metrics, components, dependencies, clock, tracing));
        // Added last and so stopped first: load balancers stop sending before anything else stops, and
        // what stops is not reported as unavailable.
        components.add("readiness", () -> {
            started.set(false);
            dependencies.close();
        });
        started.set(true);
    }

    /// Registers the content of `/readyz` as meters for alarms.
    private static void show(Health health, Metrics metrics) {
        Gauge.builder("lull.ready", health, it -> it.problems().isEmpty() ? 1 : 0)
                .description("1 while /readyz answers 200, else 0")
                .register(metrics.registry());
        Gauge.builder("lull.degraded", health, it -> it.degradations().size())
                .description("Entries of the list degraded in /readyz")
                .register(metrics.registry());
    }

    /// Returns the content of `/info`.
    private static Map<String, String> info(String name) {
        Map<String, String> info = new LinkedHashMap<>();
        BuildInfo build = BuildInfo.read();
        info.put("process", name);
        info.put("version", build.version());
        info.put("commit", build.commit());
        info.put("java", Runtime.version().toString());
        return info;
    }
}
