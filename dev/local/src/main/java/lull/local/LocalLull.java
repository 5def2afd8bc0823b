package lull.local;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lull.aggregator.AggregatorService;
import lull.applications.ApplicationsService;
import lull.archive.ArchiveService;
import lull.bridge.BridgeService;
import lull.cli.Configuration;
import lull.cli.ConsoleCommand;
import lull.cli.InstallationTopics;
import lull.console.ConsoleService;
import lull.ingress.IngressService;
import lull.local.broker.EmbeddedBroker;
import lull.local.trypage.TryPage;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.process.ServiceContext;
import lull.runtime.process.ServiceProcess;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.Settings;
import lull.standins.application.EchoApplication;
import lull.standins.model.ModelStandIn;

/// The whole system in this JVM: broker, topics, stand-ins, then the services on them. The services are the same
/// that run in production; only their settings differ.
public final class LocalLull {

    /// The app secret that signs webhooks of the local system.
    public static final String APP_SECRET = "local-secret";

    /// The token of its webhook handshake.
    public static final String VERIFY_TOKEN = "local-verify";

    /// The token with which applications ask for replies.
    public static final String REPLIES_TOKEN = "local-replies";

    /// The token with which actions of the business are performed, by the name `operator`.
    public static final String ACTIONS_TOKEN = "local-actions-operator";

    /// The token of operators.
    public static final String OPERATOR_TOKEN = "local-operator";

    /// The token of the console's operator, who is named `operator`.
    public static final String CONSOLE_TOKEN = "local-console-operator";

    /// The token of clients of the archive.
    static final String ARCHIVE_TOKEN = "local-archive";

    /// The business number that sends replies whose request names none.
    static final String BUSINESS_NUMBER = "100000000000001";

    /// The access token of the Graph API's stand-in.
    static final String ACCESS_TOKEN = "local-token";

    /// The contact flow with a queue.
    static final String FLOW = "local-flow";

    /// The bucket for files that Connect does not take.
    static final String BUCKET = "local-files";

    /// A contact flow that greets whoever comes, for tests that choose it.
    static final String GREETING_FLOW = "greeting-flow";

    /// What it says.
    static final String GREETING = "We are with you shortly";

    /// A flow that ends chats at once, as outside opening hours.
    static final String CLOSED_FLOW = "local-closed";

    /// A flow with a disconnect flow behind it.
    static final String SURVEY_FLOW = "local-survey";

    /// A flow in which a bot answers.
    static final String BOT_FLOW = "local-bot";

    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    private final LocalOptions options;
    private final String bootstrapServers;
    private final StandIns standIns;
    private final Map<String, String> more;

    /// @param more settings of the local system besides those that it always has, by name
    private LocalLull(LocalOptions options, String bootstrapServers, StandIns standIns, Map<String, String> more) {
        this.options = options;
        this.bootstrapServers = bootstrapServers;
        this.standIns = standIns;
        this.more = more;
    }

    /// Starts everything as components of this process, with the stand-in of a language model if an
    /// assistant has no other, and with the echo application unless apps, destinations or routes are
    /// set; throws if a port or the data folder is taken.
    ///
    /// @param environment settings over those of the local system, as `LULL_...`
    /// @param file settings over those of the local system, by name
    public static LocalLull start(
            LocalOptions options, Map<String, String> environment, Map<String, String> file, Lifecycle components)
            throws Exception {
        String broker = broker(options, components);
        Map<String, String> more = new HashMap<>(echo(options, environment, file, components));
        more.putAll(standIns(options, environment, file, components));
        return start(standIns(options, broker, 0, file, more, components), environment, file, components);
    }

    /// Starts the stand-ins of what is configured without an address, and returns the settings by which the
    /// services use them.
    private static Map<String, String> standIns(
            LocalOptions options, Map<String, String> environment, Map<String, String> file, Lifecycle components) {
        Map<String, String> settings = new HashMap<>(LocalChannels.start(options, environment, file, components));
        settings.putAll(LocalDesks.start(options, environment, file, components));
        settings.putAll(model(options, environment, file, components));
        return settings;
    }

    private static Map<String, String> model(
            LocalOptions options, Map<String, String> environment, Map<String, String> file, Lifecycle components) {
        List<String> assistants = ModelSettings.assistants(environment, file);
        if (assistants.isEmpty()) {
            return Map.of();
        }
        ModelStandIn model = components.add("language model", ModelStandIn.start(options.host(), 0, ModelSettings.KEY));
        return ModelSettings.of(assistants, model.uri());
    }

    private static Map<String, String> echo(
            LocalOptions options, Map<String, String> environment, Map<String, String> file, Lifecycle components) {
        if (!EchoSettings.areFree(environment, file)) {
            return Map.of();
        }
        EchoApplication echo = components.add("echo application", EchoApplication.start(options.host(), 0));
        return EchoSettings.of(echo.uri());
    }

    /// The same beside a broker that is there already, and without the echo application.
    static LocalLull start(
            LocalOptions options,
            String bootstrapServers,
            Map<String, String> environment,
            Map<String, String> file,
            Lifecycle components)
            throws Exception {
        Map<String, String> more = standIns(options, environment, file, components);
        return start(standIns(options, bootstrapServers, 0, file, more, components), environment, file, components);
    }

    private static LocalLull start(
            LocalLull lull, Map<String, String> environment, Map<String, String> file, Lifecycle components)
            throws Exception {
        Settings settings = lull.settings(environment, file);
        lull.makeTopics(settings);
        Map<String, String> own = lull.settings();
        settings.changed().forEach((name, value) -> {
            if (file.containsKey(name) || !own.containsKey(name)) {
                ServiceProcess.logChanged(name, value);
            }
        });
        ServiceProcess.start("local", settings, components, LocalLull::startServices);
        return lull;
    }

    /// Starts broker, topics and stand-ins, but no service: for tests that run the services elsewhere.
    public static LocalLull startSurroundings(LocalOptions options, Lifecycle components) throws Exception {
        return startSurroundings(options, 0, components);
    }

    /// @param filesPort of the stand-in of Amazon S3; 0: any free one
    static LocalLull startSurroundings(LocalOptions options, int filesPort, Lifecycle components) throws Exception {
        String broker = broker(options, components);
        return withTopics(standIns(options, broker, filesPort, Map.of(), Map.of(), components));
    }

    /// Starts topics and stand-ins beside a broker that is there already, but no service.
    public static LocalLull startAround(LocalOptions options, String bootstrapServers, Lifecycle components)
            throws Exception {
        return startAround(options, bootstrapServers, Map.of(), components);
    }

    /// The same with `connect.queue.url` among the settings, to which chat events are published.
    static LocalLull startAround(
            LocalOptions options, String bootstrapServers, Map<String, String> file, Lifecycle components)
            throws Exception {
        return withTopics(standIns(options, bootstrapServers, 0, file, Map.of(), components));
    }

    private static LocalLull withTopics(LocalLull lull) throws InterruptedException {
        lull.makeTopics(lull.settings(Map.of(), Map.of()));
        return lull;
    }

    private static String broker(LocalOptions options, Lifecycle components) throws Exception {
        options.requireFreePorts();
        DataFolder folder = components.add("data folder", DataFolder.take(options.directory()));
        if (options.fresh()) {
            folder.clear();
        }
        return components
                .add(
                        "broker",
                        EmbeddedBroker.start(
                                options.host(),
                                options.kafkaPort(),
                                options.directory().resolve("kafka")))
                .bootstrapServers();
    }

    /// The queue gets what is published if one is named, else the bridge.
    private static LocalLull standIns(
            LocalOptions options,
            String bootstrapServers,
            int filesPort,
            Map<String, String> file,
            Map<String, String> more,
            Lifecycle components)
            throws Exception {
        Optional<URI> queue = Optional.ofNullable(file.get("connect.queue.url")).map(URI::create);
        StandIns.Receivers receivers = new StandIns.Receivers(
                options.uri(options.ingressPort(), "/webhooks/whatsapp"),
                options.uri(options.bridgePort(), "/sns/connect"),
                queue);
        StandIns.Ports ports =
                new StandIns.Ports(options.host(), options.connectPort(), options.graphPort(), filesPort);
        return new LocalLull(options, bootstrapServers, StandIns.start(ports, receivers, components), more);
    }

    /// The settings with which a service joins the local system, by name.
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(standIns.settings());
        settings.putAll(more);
        settings.put("listen.host", options.host());
        settings.put("ingress.port", Integer.toString(options.ingressPort()));
        settings.put("aggregator.port", Integer.toString(options.aggregatorPort()));
        settings.put(
                "aggregator.advertised",
                options.uri(options.aggregatorPort(), "").getAuthority());
        settings.put("aggregator.tokens", OPERATOR_TOKEN);
        settings.put("bridge.port", Integer.toString(options.bridgePort()));
        settings.put("archive.port", Integer.toString(options.archivePort()));
        settings.put("archive.tokens", ARCHIVE_TOKEN);
        settings.put(
                "applications.archive.url",
                options.uri(options.archivePort(), "").toString());
        settings.put("applications.archive.token", ARCHIVE_TOKEN);
        settings.put("console.port", Integer.toString(options.consolePort()));
        settings.put("console.operators", "operator:" + CONSOLE_TOKEN);
        settings.put("console.watch", options.uri(options.adminPort(), "").toString());
        settings.put(
                "console.aggregator.url",
                options.uri(options.aggregatorPort(), "").toString());
        settings.put("console.aggregator.token", OPERATOR_TOKEN);
        settings.put(
                "console.archive.url", options.uri(options.archivePort(), "").toString());
        settings.put("console.archive.token", ARCHIVE_TOKEN);
        settings.put(
                "console.ingress.url", options.uri(options.ingressPort(), "").toString());
        settings.put("console.ingress.token", REPLIES_TOKEN);
        settings.put(
                "archive.jdbc.url",
                "jdbc:h2:file:"
                        + options.directory()
                                .resolve(DataFolder.ARCHIVE)
                                .resolve("archive")
                                .toAbsolutePath());
        settings.put("admin.port", Integer.toString(options.adminPort()));
        settings.put("whatsapp.app.secrets", APP_SECRET);
        settings.put("whatsapp.verify.token", VERIFY_TOKEN);
        settings.put("replies.tokens", REPLIES_TOKEN);
        settings.put("replies.business.number", BUSINESS_NUMBER);
        settings.put("actions.tokens", "operator:change:" + ACTIONS_TOKEN);
        settings.put("actions.account", "200000000000001");
        settings.put("actions.app", "900000000000001");
        settings.put("topics.partitions", "8");
        settings.put("topics.replication.factor", "1");
        settings.put("topics.min.insync.replicas", "1");
        settings.put("streams.standbys", "0");
        // Whoever kills the process and starts it again does not wait long for its former self to be given up.
        settings.put("lane.session.timeout", "6s");
        // A call is over before that.
        settings.put("whatsapp.call.timeout", "5s");
        settings.put("streams.state.dir", options.directory().resolve("state").toString());
        settings.put("kafka.bootstrap.servers", bootstrapServers);
        return settings;
    }

    /// Waits until every service can serve; throws `IllegalStateException` with what is missing when that takes
    /// too long.
    public void awaitReady() throws InterruptedException {
        Readiness.await(options.uri(options.adminPort(), "/readyz"), this::subscribed, READY_LIMIT);
    }

    /// Starts the page on which a newcomer tries the system, which must be ready.
    void startTryPage(Lifecycle components) {
        components.add(
                "try page",
                TryPage.start(new TryPage.Options(
                        options.host(),
                        options.tryPort(),
                        options.uri(options.ingressPort(), "/webhooks/whatsapp"),
                        APP_SECRET,
                        BUSINESS_NUMBER,
                        options.uri(options.aggregatorPort(), "/"),
                        OPERATOR_TOKEN,
                        options.uri(options.connectPort(), "/"),
                        options.uri(options.graphPort(), "/"),
                        bootstrapServers)));
    }

    /// Whether the echo application runs, which gets the turns of an app of its own.
    boolean hasEcho() {
        return more.containsKey(DestinationSettings.kind(EchoSettings.NAME).name());
    }

    /// Returns where the stand-ins of what is configured without an address show what they were sent, by what
    /// they stand for.
    Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        LocalChannels.shown(more).forEach((name, address) -> shown.put("channel " + name, address));
        LocalDesks.shown(more).forEach((name, address) -> shown.put("Chatwoot " + name, address));
        ModelSettings.model(more)
                .ifPresent(model ->
                        shown.put("language model", model.resolve("/_requests") + ", " + model.resolve("/_faults")));
        return shown;
    }

    /// Whether the bridge has confirmed its subscription, so that it hears of everything that happens in chats.
    public boolean subscribed() {
        return standIns.connect().subscribed();
    }

    /// The broker's address.
    public String bootstrapServers() {
        return bootstrapServers;
    }

    private Settings settings(Map<String, String> environment, Map<String, String> file) {
        Map<String, String> all = settings();
        all.putAll(file);
        Map<String, String> own = new HashMap<>(environment);
        // The broker is the embedded one, whatever this machine's other work needs.
        own.keySet().removeIf(name -> name.startsWith("KAFKA_"));
        return Configuration.load(own, all);
    }

    private void makeTopics(Settings settings) throws InterruptedException {
        try (TopicKeeper keeper = new TopicKeeper(KafkaSetup.at(bootstrapServers))) {
            keeper.create(InstallationTopics.of(settings), new TopicKeeper.Layout(8, (short) 1, 1));
        }
    }

    private static void startServices(ServiceContext context) throws Exception {
        BridgeService.start(context);
        AggregatorService.start(context);
        IngressService.start(context);
        if (ApplicationsService.isNeeded(context.settings())) {
            ApplicationsService.start(context);
        }
        ArchiveService.start(context);
        ConsoleService.start(
                context.plain(),
                ConsoleCommand.deadLetters(context.settings()),
                ConsoleCommand.adviser(context.settings()),
                ConsoleCommand.bills());
    }
}
