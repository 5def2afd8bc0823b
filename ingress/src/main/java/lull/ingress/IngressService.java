package lull.ingress;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lull.contract.message.Source;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.ingress.action.AccountRoute;
import lull.ingress.action.ActionRoutes;
import lull.ingress.chatwoot.ChatwootInboxes;
import lull.ingress.chatwoot.ChatwootMetrics;
import lull.ingress.chatwoot.ChatwootRoute;
import lull.ingress.http.App;
import lull.ingress.http.AppSecrets;
import lull.ingress.http.ChannelRoutes;
import lull.ingress.http.IngressMetrics;
import lull.ingress.http.SnsWebhooks;
import lull.ingress.http.SqsWebhooks;
import lull.ingress.http.WebhookResponder;
import lull.ingress.http.Webhooks;
import lull.ingress.kafka.Publisher;
import lull.ingress.reply.ReplySettings;
import lull.ingress.webhook.InputRoutes;
import lull.ingress.webhook.WebhookReader;
import lull.runtime.CannotStart;
import lull.runtime.aws.AwsCredentials;
import lull.runtime.http.BodyReader;
import lull.runtime.http.HttpPort;
import lull.runtime.http.HttpSettings;
import lull.runtime.http.InFlight;
import lull.runtime.http.ListenAddress;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.process.ServiceContext;
import lull.runtime.queue.AwsQueue;
import lull.runtime.queue.QueueMessageHandler;
import lull.runtime.queue.QueueOptions;
import lull.runtime.settings.Settings;
import lull.runtime.sns.SnsPolicy;
import lull.runtime.sns.SnsSettings;
import lull.runtime.sns.SnsVerifier;
import lull.whatsapp.channel.ChannelSettings;

/// Ingress service: HTTP routes and queues, and the producer that writes their records.
public final class IngressService {

    private static final Duration MAX_DRAIN = Duration.ofSeconds(15);
    private static final Duration QUEUE_BACK_OFF = Duration.ofSeconds(1);

    private static final Pattern APP_NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

    private IngressService() {}

    /// Starts the service and returns the port it listens on. Throws if a secret is missing or a topic
    /// is not as required.
    public static int start(ServiceContext context) throws InterruptedException {
        Settings settings = context.settings();
        MeterRegistry registry = context.metrics().registry();
        List<App> apps = apps(settings);
        InputRoutes routesOfEum = new InputRoutes(
                settings.get(IngressSettings.ROUTES),
                settings.get(EumSettings.INPUT).orElse(settings.get(IngressSettings.INPUT)));
        KafkaSetup kafka = KafkaSetup.of(settings);
        Set<String> inputs = new LinkedHashSet<>(routesOfEum.topics());
        apps.forEach(app -> inputs.addAll(app.routes().topics()));
        List<ChannelRoutes.Accepting> channels = channels(settings);
        channels.forEach(channel -> inputs.add(channel.topic()));
        requireTopics(context, kafka, inputs);

        Duration ackTimeout = settings.get(TopicSettings.ACK_TIMEOUT);
        Publisher publisher = context.components()
                .add(
                        "publisher",
                        Publisher.connect(kafka, context.kafka(), settings.get(IngressSettings.INPUT), ackTimeout));
        publisher.bind(registry, settings.get(TopicSettings.ALL_KAFKA_METERS));
        context.health()
                .readyWhile(
                        "ingress",
                        () -> publisher.away() && !context.kafka().isUnavailable()
                                ? Optional.of("Kafka does not acknowledge webhooks")
                                : Optional.empty());
        InFlight inFlight = new InFlight(settings.get(IngressSettings.MAX_IN_FLIGHT_BYTES));
        IngressMetrics metrics = new IngressMetrics(registry, context.clock());
        metrics.show(registry, inFlight, publisher);
        BodyReader bodies = new BodyReader(
                settings.get(IngressSettings.MAX_BODY_BYTES), settings.get(IngressSettings.ARRIVAL_TIMEOUT));
        WebhookResponder intake =
                new WebhookResponder(bodies, inFlight, publisher, metrics, context.clock(), context.tracing());
        Webhooks webhooks = new Webhooks(apps, settings.get(IngressSettings.APP), intake);

        SnsWebhooks snsWebhooks = new SnsWebhooks(
                snsVerifier(settings, context.clock()),
                new BodyReader(
                        settings.get(SnsSettings.MAX_ENVELOPE_BYTES), settings.get(IngressSettings.ARRIVAL_TIMEOUT)),
                new WebhookReader(routesOfEum, new Source("sns", settings.get(EumSettings.APP))),
                intake);

        ChannelRoutes channelRoutes = new ChannelRoutes(channels, intake, metrics, context.clock());
        ReplyRoutes replies = ReplyRoutes.open(context, kafka, publisher, inFlight);
        ActionRoutes actions = ActionAssembly.open(context, kafka, publisher, inFlight);
        AccountRoute accounts = ActionAssembly.accounts(context, kafka);
        ChatwootRoute chatwoot = new ChatwootRoute(
                ChatwootInboxes.of(settings),
                bodies,
                inFlight,
                publisher,
                new ChatwootMetrics(registry),
                context.clock(),
                context.tracing());

        HttpPort server = HttpPort.start(
                options(settings), IngressSettings.TLS.keyStore(settings), inFlight, registry, routes -> {
                    webhooks.register(routes);
                    snsWebhooks.register(routes);
                    channelRoutes.register(routes);
                    replies.register(routes);
                    actions.register(routes);
                    accounts.register(routes);
                    chatwoot.register(routes);
                });
        context.components().addEarly("ingress", server);
        WebhookReader fromQueue = new WebhookReader(routesOfEum, new Source("sqs", settings.get(EumSettings.APP)));
        SqsWebhooks queueDoor = new SqsWebhooks(fromQueue, intake);
        queue(settings).ifPresent(queue -> read(queue, queueDoor, publisher, context));
        ReplySettings.queue(settings).ifPresent(queue -> read(queue, replies.queued(), publisher, context));
        return server.port();
    }

    private static void read(
            QueueOptions queue, QueueMessageHandler handler, Publisher publisher, ServiceContext context) {
        AwsCredentials.watch(queue.placeholderCredentials(), context.dependencies());
        context.components()
                .addEarly(
                        queue.name(),
                        AwsQueue.read(
                                queue,
                                handler,
                                () -> !publisher.away(),
                                context.dependencies(),
                                context.metrics().registry()));
    }

    static Optional<QueueOptions> queue(Settings settings) {
        return settings.get(EumSettings.QUEUE_URL)
                .map(url -> new QueueOptions(
                        "webhook-queue",
                        "Customers' messages through AWS End User Messaging wait in this queue. Check eum.queue.url,"
                                + " eum.queue.region, the network, and that the process's role may call"
                                + " sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes.",
                        url,
                        settings.get(EumSettings.QUEUE_REGION),
                        settings.get(EumSettings.QUEUE_ENDPOINT),
                        settings.get(EumSettings.QUEUE_CREDENTIALS).equals("placeholder"),
                        settings.get(EumSettings.QUEUE_POLLERS),
                        QueueOptions.LONG_POLL,
                        QUEUE_BACK_OFF));
    }

    /// Empty if no SNS topic is configured.
    private static Optional<SnsVerifier> snsVerifier(Settings settings, InstantSource clock) {
        Set<String> topics = Set.copyOf(settings.get(EumSettings.TOPIC_ARNS));
        return topics.isEmpty()
                ? Optional.empty()
                : Optional.of(new SnsVerifier(
                        new SnsPolicy(
                                topics,
                                settings.get(SnsSettings.ENDPOINT),
                                settings.get(SnsSettings.MAX_ENVELOPE_BYTES),
                                settings.get(SnsSettings.MAX_AGE)),
                        clock));
    }

    private static void requireTopics(ServiceContext context, KafkaSetup kafka, Set<String> inputs)
            throws InterruptedException {
        List<String> known = context.settings().get(TopicSettings.INPUTS);
        for (String input : inputs) {
            if (!known.contains(input)) {
                throw new CannotStart("The ingress writes to " + input + ", which is not one of the input topics in "
                        + TopicSettings.INPUTS.name());
            }
        }
        List<Topic> topics = new ArrayList<>(
                List.of(Topics.MESSAGE_STATUS, Topics.ACCOUNT_EVENT, Topics.CUSTOMER_ALIAS, Topics.WEBHOOK_UNPARSED));
        inputs.forEach(input -> topics.add(Topics.input(input)));
        topics.addAll(ReplyRoutes.topics(context.settings()));
        topics.addAll(ActionAssembly.topics(context.settings()));
        KafkaAccess.Scope scope = new KafkaAccess.Scope(known, List.of());
        List<KafkaAccess.Right> rights = TopicSettings.checked(
                context.settings(),
                ReplyRoutes.needed(context.settings(), KafkaAccess.INGRESS.of(scope, topics, List.of())));
        try (TopicKeeper keeper = new TopicKeeper(kafka)) {
            keeper.require(topics, rights);
        }
        context.kafka().watch(topics, rights);
    }

    /// The configured apps: the default app, if it has a secret or nothing else is configured to
    /// receive events, and all further apps.
    private static List<App> apps(Settings settings) {
        Map<String, String> byNumber = settings.get(IngressSettings.ROUTES);
        String input = settings.get(IngressSettings.INPUT);
        List<App> apps = new ArrayList<>();
        List<String> further = settings.get(IngressSettings.APPS);
        List<String> secrets = settings.get(IngressSettings.APP_SECRETS);
        boolean otherDoors = !further.isEmpty()
                || !settings.get(ChannelSettings.CHANNELS).isEmpty()
                || !settings.get(EumSettings.TOPIC_ARNS).isEmpty()
                || settings.get(EumSettings.QUEUE_URL).isPresent();
        if (!secrets.isEmpty() || !otherDoors) {
            apps.add(app(
                    settings.get(IngressSettings.APP),
                    secrets,
                    settings.get(IngressSettings.VERIFY_TOKEN),
                    new InputRoutes(byNumber, input),
                    ""));
        }
        for (String name : further) {
            // A variable whose name ends in _FILE names the file that holds a secret.
            if (!APP_NAME.matcher(name).matches() || name.equals("file")) {
                throw new CannotStart("The app " + name + " of " + IngressSettings.APPS.name()
                        + " has an invalid name: use only lower-case letters, digits and hyphens, and not the name"
                        + " file");
            }
            if (apps.stream().anyMatch(app -> app.name().equals(name))) {
                throw new CannotStart("The app " + name + " is configured twice: each"
                        + " app of " + IngressSettings.APPS.name()
                        + " and " + IngressSettings.APP.name() + " needs its own name");
            }
            apps.add(app(
                    name,
                    settings.get(IngressSettings.APP_SECRETS.forApp(name)).orElse(List.of()),
                    settings.get(IngressSettings.VERIFY_TOKEN.forApp(name)).orElse(""),
                    new InputRoutes(
                            byNumber,
                            settings.get(IngressSettings.INPUT.forApp(name)).orElse(input)),
                    name));
        }
        return apps;
    }

    /// The configured channels besides WhatsApp. A number's route overrides the channel's topic, as for apps.
    private static List<ChannelRoutes.Accepting> channels(Settings settings) {
        Map<String, String> byNumber = settings.get(IngressSettings.ROUTES);
        return ChannelSettings.accepting(settings).stream()
                .map(channel -> new ChannelRoutes.Accepting(
                        channel.name(),
                        channel.kind(),
                        settings.live(
                                ChannelSettings.secrets(channel.name()),
                                secrets -> !secrets.isEmpty()
                                        && secrets.stream()
                                                .allMatch(secret -> ChannelSettings.isSecret(channel.kind(), secret)),
                                "has no secret, or one that the channel cannot have"),
                        Optional.ofNullable(byNumber.get(channel.channel().businessNumber()))
                                .or(() -> settings.get(ChannelSettings.topic(channel.name())))
                                .orElse(settings.get(IngressSettings.INPUT))))
                .toList();
    }

    /// @param of whose settings they are; empty for the default app
    private static App app(String name, List<String> secrets, String verifyToken, InputRoutes routes, String of) {
        if (secrets.isEmpty()) {
            String setting = of.isEmpty()
                    ? IngressSettings.APP_SECRETS.environmentName()
                    : IngressSettings.APP_SECRETS.forApp(of).environmentName();
            throw new CannotStart("The ingress needs " + setting + ", the secret of the WhatsApp app " + name);
        }
        if (verifyToken.isEmpty()) {
            String setting = of.isEmpty()
                    ? IngressSettings.VERIFY_TOKEN.environmentName()
                    : IngressSettings.VERIFY_TOKEN.forApp(of).environmentName();
            throw new CannotStart("The ingress needs " + setting + ", the verify token of Meta's webhook handshake");
        }
        return new App(name, new AppSecrets(secrets), verifyToken, routes);
    }

    private static HttpPort.Options options(Settings settings) {
        return new HttpPort.Options(
                "ingress",
                ListenAddress.of(settings, HttpSettings.INGRESS_HOST, IngressSettings.PORT),
                settings.get(IngressSettings.MAX_CONNECTIONS),
                settings.get(HttpSettings.MAX_OF_ADDRESS),
                settings.get(IngressSettings.IDLE_TIMEOUT),
                settings.get(IngressSettings.ARRIVAL_TIMEOUT),
                drain(settings.get(TopicSettings.ACK_TIMEOUT)));
    }

    /// As long as a webhook may be held, but short enough for the process to stop in time.
    private static Duration drain(Duration ackTimeout) {
        Duration held = ackTimeout.plusSeconds(1);
        return held.compareTo(MAX_DRAIN) > 0 ? MAX_DRAIN : held;
    }
}
