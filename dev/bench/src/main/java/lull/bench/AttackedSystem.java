package lull.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lull.local.ChildService;
import lull.local.LocalLull;
import lull.local.LocalOptions;
import lull.local.broker.FreePort;
import lull.runtime.Lifecycle;
import lull.standins.connect.ConnectStandIn;
import org.jspecify.annotations.Nullable;

/// A whole installation on the loopback address of this machine, whose services are processes of their own with small
/// heaps: two ingresses, of which one has no route for SNS, an aggregator and a bridge. The stand-ins are in this
/// process.
final class AttackedSystem {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Map<String, ChildService> services;
    private final AttackedPorts ports;
    private final String bootstrapServers;
    private final String snsAddress;
    private final Path store;
    private final LocalOptions options;

    private AttackedSystem(
            Map<String, ChildService> services,
            AttackedPorts ports,
            String bootstrapServers,
            String snsAddress,
            Path store,
            LocalOptions options) {
        this.services = services;
        this.ports = ports;
        this.bootstrapServers = bootstrapServers;
        this.snsAddress = snsAddress;
        this.store = store;
        this.options = options;
    }

    /// Starts everything and waits until it is ready.
    ///
    /// @param logs where the logs of services are to be kept; absent if they are not
    static AttackedSystem start(AttackPlan plan, @Nullable Path logs, Lifecycle components)
            throws IOException, InterruptedException, Exception {
        Path folder = components.add("folder", Folder.make()).path();
        Path ofServices = logs == null ? folder : Files.createDirectories(logs);
        Child broker = components
                .add(
                        "broker",
                        Child.start(Role.BROKER, folder, folder.resolve("kafka").toString()))
                .awaitStarted();
        String bootstrapServers = "127.0.0.1:" + broker.port();
        LocalOptions options = LocalOptions.onFreePorts(folder);
        LocalLull lull = LocalLull.startAround(options, bootstrapServers, components);
        Path store = Files.createDirectories(folder.resolve("store"));
        Map<String, String> settings = settings(lull, store);
        Map<String, String> withoutSns = new HashMap<>(settings);
        int closed = FreePort.next();
        withoutSns.remove("eum.topic.arns");
        withoutSns.put("ingress.port", Integer.toString(closed));
        Map<String, ChildService> services = new LinkedHashMap<>();
        start("ingress", "ingress", settings, ofServices, plan, services, components);
        start(
                "ingress without SNS",
                "ingress",
                withoutSns,
                Files.createDirectories(ofServices.resolve("without-sns")),
                plan,
                services,
                components);
        start("aggregator", "aggregator", settings, ofServices, plan, services, components);
        start("bridge", "bridge", settings, ofServices, plan, services, components);
        for (ChildService service : services.values()) {
            service.awaitReady();
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!lull.subscribed()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("The bridge has not confirmed its subscription");
            }
            Thread.sleep(LOOK);
        }
        AttackedPorts ports = new AttackedPorts(
                options.ingressPort(),
                closed,
                options.bridgePort(),
                options.aggregatorPort(),
                services.values().stream().map(ChildService::adminPort).toList());
        return new AttackedSystem(
                services, ports, bootstrapServers, settings.getOrDefault("sns.endpoint", ""), store, options);
    }

    AttackedPorts ports() {
        return ports;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /// Where certificates of SNS are.
    String snsAddress() {
        return snsAddress;
    }

    /// The topic whose notifications are taken.
    static String topicArn() {
        return ConnectStandIn.Options.defaults().topicArns().getFirst();
    }

    LocalOptions options() {
        return options;
    }

    /// What is wrong with the processes; it waits for a while until they are ready.
    List<String> problems() throws InterruptedException, IOException {
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, ChildService> service : services.entrySet()) {
            if (!service.getValue().isAlive()) {
                problems.add("The " + service.getKey() + " has ended by itself");
            } else {
                try {
                    service.getValue().awaitReady();
                } catch (IllegalStateException e) {
                    problems.add("The " + service.getKey() + " is not ready: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
                }
            }
        }
        return problems;
    }

    /// Files in the store, whole ones and halves.
    record StoredFiles(long whole, long halves) {}

    /// What is in the store.
    StoredFiles storedFiles() throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
            long halves =
                    names.stream().filter(name -> name.startsWith(".half-")).count();
            return new StoredFiles(names.size() - halves, halves);
        }
    }

    /// How much each service has logged.
    List<AttackReport.LogLines> logLines() throws IOException {
        List<AttackReport.LogLines> lines = new ArrayList<>();
        for (Map.Entry<String, ChildService> service : services.entrySet()) {
            lines.add(new AttackReport.LogLines(
                    service.getKey(), service.getValue().log().lines().count()));
        }
        return lines;
    }

    private static void start(
            String name,
            String command,
            Map<String, String> settings,
            Path folder,
            AttackPlan plan,
            Map<String, ChildService> services,
            Lifecycle components)
            throws IOException {
        ChildService service =
                new ChildService(command, settings, folder, System.getProperty("java.class.path")).heap(plan.heap());
        services.put(name, components.add(name, service).start());
    }

    /// Those of the local system, with waits that are short, so that what hangs is over within an attack.
    private static Map<String, String> settings(LocalLull lull, Path store) {
        Map<String, String> settings = new HashMap<>(lull.settings());
        settings.put("turn.gap", "500ms");
        settings.put("eum.topic.arns", topicArn());
        settings.put("doubt.wait", "10s");
        settings.put("doubt.wait.answered", "5s");
        settings.put("connect.call.timeout", "3s");
        settings.put("whatsapp.call.timeout", "3s");
        settings.put("attachments.transfer.timeout", "3s");
        settings.put("attachments.patience", "20s");
        settings.put("whatsapp.pair.every", "100ms");
        settings.remove("store.s3.bucket");
        settings.remove("store.s3.endpoint");
        settings.put("store.folder", store.toString());
        settings.put("store.base.url", "http://127.0.0.1/files");
        return settings;
    }
}
