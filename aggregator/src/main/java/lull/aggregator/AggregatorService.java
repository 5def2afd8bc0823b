package lull.aggregator;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import lull.aggregator.inforce.GapsByPartition;
import lull.aggregator.inforce.RoutesByPartition;
import lull.aggregator.operator.ControlServer;
import lull.aggregator.operator.GapControl;
import lull.aggregator.operator.OperatorSettings;
import lull.aggregator.operator.Peers;
import lull.aggregator.operator.RouteControl;
import lull.aggregator.operator.SettingLog;
import lull.aggregator.stream.AggregatorMetrics;
import lull.aggregator.stream.CommitPace;
import lull.aggregator.stream.GapMeters;
import lull.aggregator.stream.InputApplication;
import lull.aggregator.stream.InstanceId;
import lull.aggregator.stream.OversizedDeadLetterHandler;
import lull.aggregator.stream.RestoreProgress;
import lull.aggregator.stream.RocksMemory;
import lull.aggregator.stream.StandbyProgress;
import lull.aggregator.stream.StreamSettings;
import lull.aggregator.stream.ThreadFailures;
import lull.aggregator.stream.Ticker;
import lull.aggregator.stream.TurnTopology;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.MemoryBudget;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.BearerTokens;
import lull.runtime.kafka.KafkaMeters;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Settings;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.apache.kafka.streams.state.HostInfo;

/// Aggregator service: runs a Streams application for each input topic.
public final class AggregatorService {

    /// The size of the cache of the stores, for all partitions of an input topic. It keeps the most
    /// recently used entries.
    private static final long MEBIBYTE = 1L << 20;
    private static final int CACHE_BYTES = 32 * 1024 * 1024;

    /// How often an application commits that catches up. [CommitPace] requests the other commits.
    private static final int COMMIT_MILLIS_BEHIND = 500;

    /// After what time others take the partitions of an instance that was killed: the least that brokers allow by
    /// default.
    private static final int SESSION_MILLIS = 6_000;

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private AggregatorService() {}

    /// Starts the applications of all input topics. Throws if a topic is not as required.
    public static void start(ServiceContext context) throws InterruptedException {
        Settings settings = context.settings();
        KafkaSetup kafka = KafkaSetup.of(settings);
        List<TurnTopology.Options> topicOptions = settings.get(TopicSettings.INPUTS).stream()
                .map(topic -> StreamSettings.options(settings, topic))
                .toList();
        StreamSettings.requireStateDirectory(settings);
        List<KafkaAccess.Right> rights = TopicSettings.checked(settings, KafkaAccess.AGGREGATOR.of(scope(settings)));
        try (TopicKeeper keeper = new TopicKeeper(kafka)) {
            keeper.require(topics(topicOptions), rights);
        }
        context.kafka().watch(topics(topicOptions), rights);
        // Filled after the HTTP port is open, because an application needs to know the port's address.
        Map<String, InputApplication> inputs = new ConcurrentSkipListMap<>();
        HostInfo self = OperatorSettings.advertised(
                settings, openDoor(inputs, topicOptions, kafka, context).port());
        RocksMemory rocks = context.components()
                .add("memory of RocksDB", new RocksMemory(settings.get(StreamSettings.ROCKS_MEBIBYTES)));
        MemoryBudget memory = new MemoryBudget(settings.get(StreamSettings.TURNS_MEBIBYTES) * MEBIBYTE);
        topicOptions.forEach(
                options -> inputs.put(options.input(), start(options, kafka, context, self, rocks, memory)));
    }

    private static ControlServer openDoor(
            Map<String, InputApplication> inputs,
            List<TurnTopology.Options> topicOptions,
            KafkaSetup kafka,
            ServiceContext context) {
        Settings settings = context.settings();
        BearerTokens tokens = new BearerTokens(settings.get(OperatorSettings.TOKENS));
        Map<String, InputPolicy> policies = topicOptions.stream()
                .collect(Collectors.toMap(TurnTopology.Options::input, TurnTopology.Options::policy));
        KafkaProducer<byte[], byte[]> producer = context.components().add("control producer", controlProducer(kafka));
        SettingLog log = new SettingLog(producer, context.clock());
        return context.components()
                .add(
                        "control",
                        new ControlServer(
                                ControlServer.Guards.of(
                                        settings, context.metrics().registry()),
                                inputs,
                                new ControlServer.Controls(
                                        new GapControl(
                                                policies, log, context.metrics().registry()),
                                        new RouteControl(
                                                policies, log, context.metrics().registry())),
                                new Peers(tokens, OperatorSettings.transport(settings)),
                                tokens,
                                context.kafka()::problem));
    }

    private static List<Topic> topics(List<TurnTopology.Options> topicOptions) {
        List<Topic> topics = new ArrayList<>();
        for (TurnTopology.Options options : topicOptions) {
            Topic input = Topics.input(options.input());
            topics.addAll(List.of(input, input.deadLetters()));
            Topics.STORES.forEach(store -> topics.add(Topics.changelog(options.input(), store)));
            topics.add(Topics.turns(options.output()));
            options.destinations().values().forEach(topic -> topics.add(Topics.turns(topic)));
            if (options.tellsOfExpectedTurns()) {
                topics.add(Topics.APPLICATION_TURN_EXPECTED);
            }
        }
        topics.add(Topics.SETTING_CHANGED);
        return topics;
    }

    private static KafkaAccess.Scope scope(Settings settings) {
        return new KafkaAccess.Scope(settings.get(TopicSettings.INPUTS), StreamSettings.outputs(settings));
    }

    private static InputApplication start(
            TurnTopology.Options options,
            KafkaSetup kafka,
            ServiceContext context,
            HostInfo self,
            RocksMemory rocks,
            MemoryBudget memory) {
        String name = "aggregator of " + options.input();
        AggregatorMetrics metrics = new AggregatorMetrics(context.metrics().registry(), options);
        Ticker ticker = context.components()
                .add(
                        "ticker of " + options.input(),
                        new Ticker(options.input(), () -> tickProducer(kafka), metrics, context.clock()));
        GapsByPartition gaps = new GapsByPartition();
        RoutesByPartition routes = new RoutesByPartition();
        GapMeters.register(context.metrics().registry(), options.input(), options.policy(), gaps);
        Properties properties = properties(options, kafka, context.settings());
        properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, Peers.authority(self));
        properties.put(OversizedDeadLetterHandler.METRICS, metrics);
        rocks.addTo(properties);
        KafkaStreams streams = new KafkaStreams(
                TurnTopology.build(
                        options,
                        new TurnTopology.Parts(
                                ticker,
                                metrics,
                                gaps,
                                routes,
                                context.tracing(),
                                memory,
                                new CommitPace(
                                        context.settings().get(StreamSettings.COMMIT_INTERVAL),
                                        context.settings().get(StreamSettings.COMMIT_BEHIND)))),
                properties);
        streams.setUncaughtExceptionHandler(new ThreadFailures(
                context.metrics().registry(), options.input(), context.clock(), context.kafka()::isUnavailable));
        streams.setGlobalStateRestoreListener(
                new RestoreProgress(context.metrics().registry(), options.input()));
        StandbyProgress standbys = new StandbyProgress(context.metrics().registry(), options.input());
        streams.setStandbyUpdateListener(standbys);
        context.health().livesWhile(name, () -> problem(streams, KafkaStreams.State.ERROR));
        context.health().readyWhile(name, () -> notRunning(streams));
        context.components()
                .add(
                        "meters of " + options.input(),
                        KafkaMeters.streams(
                                context.metrics().registry(), Topics.applicationId(options.input()), streams::metrics));
        if (context.settings().get(TopicSettings.ALL_KAFKA_METERS)) {
            bindAll(streams, options, context);
        }
        streams.start();
        context.components().addEarly(name, () -> close(streams));
        context.components().addEarly("standbys of " + options.input(), standbys.watch(options.input(), streams));
        return new InputApplication(options, streams, gaps, routes, self);
    }

    /// Registers everything that Kafka Streams measures.
    private static void bindAll(KafkaStreams streams, TurnTopology.Options options, ServiceContext context) {
        KafkaStreamsMetrics meters =
                context.components().add("all meters of " + options.input(), new KafkaStreamsMetrics(streams));
        AtomicBoolean bound = new AtomicBoolean();
        streams.setStateListener((state, _) -> {
            // Most of the meters are created while the application starts.
            if (state == KafkaStreams.State.RUNNING && bound.compareAndSet(false, true)) {
                meters.bindTo(context.metrics().registry());
            }
        });
    }

    /// Leaves the consumer group at once; otherwise the partitions would not be processed until the
    /// session times out.
    private static void close(KafkaStreams streams) {
        streams.close(CloseOptions.timeout(CLOSE_LIMIT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }

    private static Optional<String> problem(KafkaStreams streams, KafkaStreams.State fatal) {
        return streams.state() == fatal ? Optional.of("Kafka Streams is in state " + fatal) : Optional.empty();
    }

    private static Optional<String> notRunning(KafkaStreams streams) {
        KafkaStreams.State state = streams.state();
        return state == KafkaStreams.State.RUNNING
                ? Optional.empty()
                : Optional.of("Kafka Streams is in state " + state);
    }

    private static Properties properties(TurnTopology.Options options, KafkaSetup kafka, Settings settings) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.POLL_MS_CONFIG, 10);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS_BEHIND);
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MILLIS);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), SESSION_MILLIS / 3);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topic.MAX_MESSAGE_BYTES);
        // A commit flushes the records that linger.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 50);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 * 1024);
        properties.putAll(kafka.overrides());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, Topics.applicationId(options.input()));
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                InstanceId.of(Path.of(settings.get(StreamSettings.STATE_DIRECTORY))));
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.get(StreamSettings.STATE_DIRECTORY));
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.get(StreamSettings.THREADS));
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.get(StreamSettings.STANDBYS));
        properties.put(
                StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
                Topics.input(options.input()).deadLetters().name());
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        // Errors of a record are found before it changes any state; any other error is not the record's
        // fault.
        properties.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, OversizedDeadLetterHandler.class);
        // The constant is deprecated because this will become the default; until then it must be set.
        properties.put("processing.exception.handler.global.enabled", true);
        return properties;
    }

    private static KafkaProducer<byte[], byte[]> controlProducer(KafkaSetup kafka) {
        Map<String, Object> properties = kafka.producer("lull-control");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static KafkaProducer<byte[], byte[]> tickProducer(KafkaSetup kafka) {
        Map<String, Object> properties = kafka.producer("lull-ticker");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 50);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 1_500);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2_000);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
