package lull.bridge;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatFollower;
import lull.bridge.chats.ChatLine;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.chats.ChatSweeper;
import lull.bridge.inbound.ScannedFiles;
import lull.bridge.inbound.TurnMetrics;
import lull.bridge.inbound.TurnOptions;
import lull.bridge.inbound.TurnToChat;
import lull.bridge.inbound.attachments.Attaching;
import lull.bridge.inbound.attachments.FileMetrics;
import lull.bridge.inbound.attachments.Preparing;
import lull.bridge.inbound.transcripts.AwsTranscriber;
import lull.bridge.inbound.transcripts.Transcriber;
import lull.bridge.inbound.transcripts.TranscriptMetrics;
import lull.bridge.inbound.transcripts.VoiceToTranscript;
import lull.bridge.outbound.events.EventMetrics;
import lull.bridge.outbound.events.LookBackSweeper;
import lull.bridge.outbound.events.NumberedChoices;
import lull.bridge.outbound.events.ReceiverGap;
import lull.bridge.outbound.events.SnsEndpoint;
import lull.bridge.pauses.NumberScopes;
import lull.bridge.text.QuoteFollower;
import lull.bridge.text.Quotes;
import lull.connect.ChatPort;
import lull.connect.ConnectMetrics;
import lull.connect.ConnectPort;
import lull.contract.chat.SentPart;
import lull.contract.json.Json;
import lull.contract.message.CustomerAlias;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.KeyedConsumer;
import lull.lanes.Limits;
import lull.lanes.Outcome;
import lull.lanes.Pause;
import lull.lanes.Scoping;
import lull.lanes.ValueReader;
import lull.lanes.journal.KafkaJournal;
import lull.lanes.journal.KafkaTail;
import lull.lanes.journal.Ledger;
import lull.lanes.journal.Tails;
import lull.lanes.journal.TopicFollower;
import lull.runtime.admin.Health.Degradation;
import lull.runtime.aws.AwsCredentials;
import lull.runtime.http.HttpSettings;
import lull.runtime.http.ListenAddress;
import lull.runtime.kafka.KafkaMeters;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.Partitions;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Settings;
import lull.runtime.sns.SnsSettings;
import lull.runtime.sns.SnsVerifier;
import lull.whatsapp.AwsSocialMedia;
import lull.whatsapp.MediaFolder;
import lull.whatsapp.MediaSource;
import lull.whatsapp.WhatsAppFiles;
import lull.whatsapp.WhatsAppMetrics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The bridge: turns go to Amazon Connect, what is said there goes to WhatsApp. Six flows, a seventh where voice
/// notes are transcribed, and the doors that chat events come by.
public final class BridgeService {

    /// The consumer groups of the flows.
    public static final String TURN_GROUP = "lull-turn-to-chat";

    /// See [#TURN_GROUP].
    public static final String EVENT_GROUP = "lull-event-to-reply";

    /// See [#TURN_GROUP].
    public static final String REPLY_GROUP = "lull-reply-to-whatsapp";

    /// See [#TURN_GROUP].
    public static final String STATUS_GROUP = "lull-status-to-reply";

    /// See [#TURN_GROUP].
    public static final String READ_GROUP = "lull-part-to-read-mark";

    /// See [#TURN_GROUP].
    public static final String ECHO_GROUP = "lull-echo-to-chat";

    /// See [#TURN_GROUP]. There only where voice notes are transcribed.
    public static final String VOICE_GROUP = "lull-voice-to-transcript";

    /// The consumer groups of a bridge with these settings, with the topic that each reads.
    public static Map<String, Topic> groups(Settings settings) {
        Map<String, Topic> groups = new LinkedHashMap<>();
        groups.put(TURN_GROUP, Topics.TURN_CLOSED);
        groups.put(EVENT_GROUP, Topics.CHAT_EVENT);
        groups.put(REPLY_GROUP, Topics.REPLY_REQUESTED);
        groups.put(STATUS_GROUP, Topics.MESSAGE_STATUS);
        groups.put(READ_GROUP, Topics.CONNECT_MESSAGE_SENT);
        groups.put(ECHO_GROUP, Topics.ACCOUNT_EVENT);
        if (settings.get(TranscribeSettings.ENABLED)) {
            groups.put(VOICE_GROUP, Topics.TURN_CLOSED);
        }
        return groups;
    }

    /// Topics without which the bridge does not start.
    public static final List<Topic> TOPICS = List.of(
            Topics.TURN_CLOSED,
            Topics.TURN_CLOSED.deadLetters(),
            Topics.CHAT_EVENT,
            Topics.CHAT_EVENT.deadLetters(),
            Topics.CHAT,
            Topics.CONNECT_MESSAGE_SENT,
            Topics.CONNECT_MESSAGE_SENT.deadLetters(),
            Topics.REPLY_REQUESTED,
            Topics.REPLY_REQUESTED.deadLetters(),
            Topics.REPLY_SENT,
            Topics.MESSAGE_STATUS,
            Topics.MESSAGE_STATUS.deadLetters(),
            Topics.CUSTOMER_ALIAS,
            Topics.ACCOUNT_EVENT,
            Topics.ACCOUNT_EVENT.deadLetters());

    /// How long the start waits for what messages said before.
    private static final Duration QUOTE_PATIENCE = Duration.ofSeconds(10);

    private static final Duration SWEEP_EVERY = Duration.ofMinutes(5);

    private final ServiceContext context;
    private final Settings settings;
    private final KafkaSetup kafka;
    private final MeterRegistry registry;
    private final ChatMetrics metrics;
    private final Limits limits;
    private final Quotes quotes;
    private final Optional<AwsSocialMedia> social;
    private final ReceiverGap gap;
    private final Tails tails;
    private final Map<String, Integer> partitions = new ConcurrentHashMap<>();
    private final NumberScopes numbers;

    private BridgeService(ServiceContext context) {
        this.context = context;
        this.settings = context.settings();
        this.kafka = KafkaSetup.of(settings);
        this.registry = context.metrics().registry();
        this.metrics = new ChatMetrics(registry);
        this.limits = BridgeSettings.lanes(settings);
        this.quotes = new Quotes(settings.get(ChatSettings.QUOTES));
        this.social = SocialFileSettings.media(settings)
                .map(options -> context.parts()
                        .add(
                                "files of end user messaging",
                                new AwsSocialMedia(options, new WhatsAppMetrics(registry))));
        this.gap = new ReceiverGap(context.clock());
        this.numbers = BridgeSettings.scopes(settings);
        this.tails = context.parts().add("memory of what was done", Tails.start(SWEEP_EVERY));
        metrics.show("sent.remembered", "Turns, replies and chats whose results are remembered", tails, Tails::size);
        social.ifPresent(files -> context.dependencies()
                .check(
                        context.dependencies()
                                .optional(
                                        "eum-bucket",
                                        "Files of the numbers of AWS End User Messaging are not transferred. Check"
                                                + " whatsapp.eum.bucket, its Region, and the role's permissions for"
                                                + " it."),
                        files::problem));
    }

    /// Starts the bridge in a process. Throws [CannotStart] where the settings contradict each other, or Kafka is
    /// not set up for it.
    public static void start(ServiceContext context) throws InterruptedException {
        new BridgeService(context).start();
    }

    private void start() throws InterruptedException {
        OutboundSettings.requireTimesInOrder(settings);
        OutboundSettings.requireEventDoor(settings);
        OutboundSettings.requireToken(settings);
        AwsCredentials.watch(BridgeSettings.connect(settings).placeholderCredentials(), context.dependencies());
        String clusterId = requireTopics();
        KafkaJournal journal = context.parts().add("bridge journal", journal());
        ChatBook book = new ChatBook(journal, settings.get(ChatSettings.TOKEN_KEYS), metrics);
        TopicFollower identities = followAliases(book);
        ChatFollower follower = follow(book);
        context.parts()
                .add(
                        "chat sweeper",
                        ChatSweeper.start(book, settings.get(BridgeSettings.CHAT_KEPT), SWEEP_EVERY, context.clock()));
        ConnectRegions.Ports ports = ConnectRegions.of(settings)
                .open(context, new ConnectMetrics(context.metrics().registry()));
        ConnectPort connect = ports.connect();
        ChatPort port = ports.chat();
        ChatLine line = new ChatLine(book, follower, port);
        TurnOptions turns = ChatSettings.turns(settings, clusterId);
        followQuotes(turns);
        MediaSource media = media();
        MediaFolder folder = context.parts()
                .add("media folder", ChatSettings.mediaFolder(settings, settings.get(ChatSettings.MEDIA_PLACES)));
        run(
                TURN_GROUP,
                Topics.TURN_CLOSED,
                Turn.class,
                numbers.byConversation(),
                new TurnToChat(
                        connect,
                        attaching(connect, media, folder),
                        book,
                        ledger(TURN_GROUP, Topics.CONNECT_MESSAGE_SENT, SentPart.class, journal),
                        (turn, part, reason) -> journal.writePart(Topics.TURN_CLOSED, turn, turn.value(), part, reason),
                        new NumberedChoices(line, port)::answer,
                        turns,
                        quotes,
                        identities::toPresentEnd,
                        context.clock(),
                        new TurnMetrics(registry),
                        metrics),
                journal,
                limits);
        if (settings.get(TranscribeSettings.ENABLED)) {
            startTranscripts(media, line, port, journal, turns);
        }
        new OutboundFlows(this, context, gap, quotes, turns, social, numbers, metrics)
                .start(
                        book,
                        follower,
                        journal,
                        line,
                        port,
                        context.parts().add("folder of agents' files", folder.within("agents", 0)),
                        next -> new ScannedFiles(
                                next, connect, book, turns, context.clock(), new FileMetrics(registry)));
        if (settings.get(OutboundSettings.EVENT_DOORS).contains(EventDoor.HTTPS)) {
            context.parts().addEarly("sns endpoint", endpoint(journal));
        }
    }

    /// Files of customers: by AWS for the numbers that it serves, else by the Graph API.
    private MediaSource media() {
        WhatsAppFiles graph = context.parts()
                .add("media", new WhatsAppFiles(ChatSettings.media(settings), new WhatsAppMetrics(registry)));
        return (media, number, into) -> social.filter(files -> files.serves(number))
                .map(files -> (MediaSource) files)
                .orElse(graph)
                .fetch(media, number, into);
    }

    private void startTranscripts(
            MediaSource media, ChatLine line, ChatPort port, KafkaJournal journal, TurnOptions turns) {
        run(
                VOICE_GROUP,
                Topics.TURN_CLOSED,
                Turn.class,
                numbers.byConversation(),
                new VoiceToTranscript(
                        media,
                        context.parts().add("folder of voice notes", TranscribeSettings.folder(settings)),
                        transcriber(),
                        ledger(VOICE_GROUP, Topics.CONNECT_MESSAGE_SENT, SentPart.class, journal),
                        line,
                        port,
                        turns,
                        TranscribeSettings.rules(settings),
                        context.clock(),
                        new TranscriptMetrics(registry)),
                journal,
                limits);
    }

    private Transcriber transcriber() {
        return context.parts()
                .add(
                        "transcriber",
                        AwsTranscriber.watched(
                                TranscribeSettings.transcriber(settings),
                                new TranscriptMetrics(registry),
                                context.dependencies()));
    }

    private Attaching attaching(ConnectPort connect, MediaSource media, MediaFolder folder) {
        return new Attaching(
                media,
                folder,
                preparing(),
                StoreSettings.open(context),
                settings.get(ChatSettings.ATTACHMENT_PATIENCE),
                connect,
                context.clock(),
                new FileMetrics(registry));
    }

    private Preparing preparing() {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return new Preparing(
                ChatSettings.files(settings),
                ChatSettings.sounds(settings, path),
                ChatSettings.pictures(settings),
                new FileMetrics(registry));
    }

    /// Returns the id of Kafka's cluster.
    private String requireTopics() throws InterruptedException {
        try (TopicKeeper keeper = new TopicKeeper(kafka)) {
            keeper.require(TOPICS);
            partitions.putAll(keeper.partitions(TOPICS));
            context.kafka().watch(TOPICS);
            return keeper.clusterId();
        }
    }

    private KafkaJournal journal() {
        Duration ackTimeout = settings.get(BridgeSettings.ACK_TIMEOUT);
        Map<String, Object> properties = new HashMap<>(kafka.producer("lull-bridge"));
        int millis = (int) ackTimeout.toMillis();
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, millis / 2));
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        context.parts()
                .add("meters of the bridge journal", KafkaMeters.producer(registry, "lull-bridge", producer::metrics));
        bindAll("the bridge journal", () -> new KafkaClientMetrics(producer));
        return new KafkaJournal(producer, ackTimeout.multipliedBy(2));
    }

    /// Counts the records that a reader of topics skips.
    private <T> void countSkipped(String reader, T follower, ToDoubleFunction<T> skipped) {
        FunctionCounter.builder("lull.bridge.records.skipped", follower, skipped)
                .description("Records that a reader of topics skipped, as they could not be read or failed")
                .tag("reader", reader)
                .register(registry);
    }

    private ChatFollower follow(ChatBook book) throws InterruptedException {
        ChatFollower follower = context.parts()
                .add(
                        "chat follower",
                        new ChatFollower(
                                consumer("lull-bridge-chats", Map.of()),
                                book,
                                settings.get(BridgeSettings.CHAT_READ_TIMEOUT)));
        context.health().readyWhile("chats", follower::problem);
        countSkipped("chats", follower, ChatFollower::skipped);
        follower.start();
        // A turn that is handled before its chat is known would open a second one.
        follower.awaitStart(settings.get(BridgeSettings.CHAT_START_TIMEOUT));
        return follower;
    }

    private void followQuotes(TurnOptions turns) throws InterruptedException {
        if (settings.get(ChatSettings.QUOTES) == 0) {
            return;
        }
        QuoteFollower follower = context.parts()
                .add(
                        "quote follower",
                        new QuoteFollower(
                                consumer("lull-bridge-quotes", Map.of()),
                                quotes,
                                turns.texts(),
                                new QuoteFollower.Options(
                                        settings.get(ChatSettings.QUOTES),
                                        context.clock().instant().minus(settings.get(ChatSettings.QUOTE_WINDOW)),
                                        settings.get(BridgeSettings.REPLY_MAX_CHARACTERS),
                                        settings.get(BridgeSettings.CHAT_READ_TIMEOUT))));
        countSkipped("quotes", follower, QuoteFollower::skipped);
        follower.start(QUOTE_PATIENCE);
    }

    private TopicFollower followAliases(ChatBook book) throws InterruptedException {
        TopicFollower follower = context.parts()
                .add(
                        "alias follower",
                        new TopicFollower(
                                consumer("lull-bridge-aliases", Map.of()),
                                Topics.CUSTOMER_ALIAS,
                                (oldId, value, _) -> book.aliases()
                                        .apply(oldId, value == null ? null : Json.read(value, CustomerAlias.class)),
                                settings.get(BridgeSettings.CHAT_READ_TIMEOUT)));
        context.health().readyWhile("aliases", follower::problem);
        countSkipped("aliases", follower, TopicFollower::skipped);
        follower.start();
        follower.awaitStart(settings.get(BridgeSettings.CHAT_START_TIMEOUT));
        return follower;
    }

    /// What says of which keys of a topic a flow of this process handles the records.
    LookBackSweeper.Owner owner(String group, Topic topic) {
        int count = Objects.requireNonNull(partitions.get(topic.name()), topic.name());
        return new LookBackSweeper.Owner() {
            @Override
            public boolean has(String key) {
                return tails.held(group).has(Partitions.of(key, count));
            }

            @Override
            public long assignment() {
                return tails.held(group).last();
            }
        };
    }

    /// A ledger of a flow, of what is as old as records can be that come again.
    <V> Ledger<V> ledger(String group, Topic topic, Class<V> type, KafkaJournal journal) {
        return ledger(group, topic, type, settings.get(BridgeSettings.SENT_REMEMBERED_FOR), journal);
    }

    /// A ledger of a flow, of what is younger than an age.
    <V> Ledger<V> ledger(String group, Topic topic, Class<V> type, Duration maxAge, KafkaJournal journal) {
        KafkaTail<V> tail = context.parts()
                .add(
                        "tail of " + topic.name(),
                        new KafkaTail<>(
                                () -> consumer("lull-bridge-tail-" + group, Map.of()),
                                topic,
                                type,
                                new KafkaTail.Bounds(
                                        settings.get(BridgeSettings.SENT_REMEMBERED),
                                        maxAge,
                                        settings.get(BridgeSettings.SENT_REFRESH),
                                        settings.get(BridgeSettings.CHAT_READ_TIMEOUT)),
                                context.clock(),
                                System::nanoTime));
        tails.add(group, tail);
        return new Ledger<>(topic, tail, journal);
    }

    /// Runs a flow.
    ///
    /// @param scoping which pauses concern the records of a key
    <V> void run(
            String group,
            Topic topic,
            Class<V> type,
            Scoping scoping,
            Handler<V> handler,
            KafkaJournal journal,
            Limits limits) {
        Map<String, Object> properties = Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                "classic",
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName(),
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                (int) limits.sessionTimeout().toMillis(),
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                (int) limits.sessionTimeout().toMillis() / 10);
        KafkaConsumer<byte[], byte[]> client = consumer(group, properties);
        KeyedConsumer<V> consumer = context.parts()
                .addEarly(
                        group,
                        new KeyedConsumer<>(
                                new KeyedConsumer.Flow<>(
                                        group,
                                        topic.name(),
                                        ValueReader.json(type),
                                        met(scoping, handler),
                                        journal,
                                        scoping),
                                client,
                                limits,
                                new Random(),
                                System::nanoTime,
                                new FlowMeters(registry, group)));
        context.parts()
                .add(
                        "meters of " + group,
                        KafkaMeters.consumer(context.metrics().registry(), group, client::metrics));
        bindAll(group, () -> new KafkaClientMetrics(client));
        context.health().readyWhile(group, () -> problem(consumer));
        context.health().degradedIn(group, () -> degradations(group, consumer));
        context.health()
                .livesWhile(group, () -> consumer.isDead() ? Optional.of("its thread has died") : Optional.empty());
        consumer.start();
        tails.follow(group, consumer::held);
    }

    /// Shows all that a client measures, if that is wanted.
    private void bindAll(String name, Supplier<KafkaClientMetrics> meters) {
        if (settings.get(TopicSettings.ALL_KAFKA_METERS)) {
            context.parts()
                    .add("all meters of " + name, meters.get())
                    .bindTo(context.metrics().registry());
        }
    }

    private Optional<String> problem(KeyedConsumer<?> consumer) {
        return consumer.problem()
                .or(() -> consumer.isAssigned() ? Optional.empty() : Optional.of("has not joined its group yet"))
                .or(() -> stopped(consumer.pauses()));
    }

    /// What stops all of a flow, in words; empty if some of it goes on.
    private Optional<String> stopped(List<Pause> pauses) {
        return numbers.stopEverything(pauses)
                ? Optional.of("paused: "
                        + pauses.stream()
                                .map(pause -> pause.scope() + ": " + pause.reason())
                                .collect(Collectors.joining("; ")))
                : Optional.empty();
    }

    private static List<Degradation> degradations(String group, KeyedConsumer<?> consumer) {
        return Stream.concat(
                        consumer.pauses().stream()
                                .map(pause ->
                                        new Degradation(group, pause.scope().toString(), pause.reason())),
                        consumer.failing().stream()
                                .map(failing -> new Degradation(
                                        group,
                                        "record " + failing.place(),
                                        failing.cause()
                                                + ": its handling fails unexpectedly. It is retried, and becomes a"
                                                + " dead letter after lane.max.unexpected.failures"
                                                + " attempts; see the log")))
                .toList();
    }

    /// Takes note of the business numbers of all records.
    private static <V> Handler<V> met(Scoping scoping, Handler<V> handler) {
        return new Handler<>() {
            @Override
            public Outcome handle(Incoming<V> incoming, Fence fence) throws InterruptedException {
                scoping.of(incoming.key());
                return handler.handle(incoming, fence);
            }

            @Override
            public void givenUp(Incoming<V> incoming, Fence fence) throws InterruptedException {
                handler.givenUp(incoming, fence);
            }
        };
    }

    private SnsEndpoint endpoint(KafkaJournal journal) {
        return SnsEndpoint.start(
                new SnsEndpoint.Guards(
                        HttpSettings.limits(
                                settings,
                                "sns",
                                ListenAddress.of(settings, HttpSettings.BRIDGE_HOST, BridgeSettings.PORT)),
                        HttpSettings.bodies(settings, settings.get(SnsSettings.MAX_ENVELOPE_BYTES)),
                        HttpSettings.inFlight(settings),
                        context.metrics().registry()),
                new SnsVerifier(OutboundSettings.posted(settings), context.clock()),
                journal,
                gap,
                context.clock(),
                new EventMetrics(registry));
    }

    private KafkaConsumer<byte[], byte[]> consumer(String clientId, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(kafka.consumer(clientId));
        properties.putAll(more);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
