package lull.lanes.flow;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.ConversationKey;
import lull.contract.topic.Topic;
import lull.lanes.DeadLetters;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.KeyedConsumer;
import lull.lanes.LaneOptions;
import lull.lanes.LaneSettings;
import lull.lanes.Outcome;
import lull.lanes.Pause;
import lull.lanes.ScopeLookup;
import lull.lanes.ValueReader;
import lull.lanes.results.KafkaAcknowledgedProducer;
import lull.lanes.results.KafkaPartitionTailReader;
import lull.lanes.results.ResultLog;
import lull.lanes.results.ResultLogSettings;
import lull.lanes.results.Tails;
import lull.runtime.admin.Health;
import lull.runtime.admin.Health.Degradation;
import lull.runtime.kafka.KafkaMeters;
import lull.runtime.kafka.Partitions;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Settings;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/// Runner of the flows of a process: gives each flow a consumer with lanes, health, meters and a result
/// log. Used by the thread that starts the process.
public final class FlowRunner {

    private final ServiceContext context;
    private final Settings settings;
    private final KafkaClients kafka;
    private final Tails tails;
    private final Predicate<List<Pause>> stopsEverything;
    private final ProcessCount processes;

    /// Creates a runner of flows that do not depend on how many processes share them.
    ///
    /// @param tails tails of the results of all flows, which must stop after the flows
    /// @param stopsEverything whether pauses of a flow stop all of it, so that the process is not ready
    public FlowRunner(ServiceContext context, KafkaClients kafka, Tails tails, Predicate<List<Pause>> stopsEverything) {
        this(context, kafka, tails, stopsEverything, _ -> {});
    }

    /// Creates a runner that tells how many processes share its flows.
    ///
    /// @param tails tails of the results of all flows, which must stop after the flows
    /// @param stopsEverything whether pauses of a flow stop all of it, so that the process is not ready
    /// @param processes is told how many processes share the flows, by several threads; must not block
    public FlowRunner(
            ServiceContext context,
            KafkaClients kafka,
            Tails tails,
            Predicate<List<Pause>> stopsEverything,
            IntConsumer processes) {
        this.context = context;
        this.settings = context.settings();
        this.kafka = kafka;
        this.tails = tails;
        this.stopsEverything = stopsEverything;
        this.processes = new ProcessCount(processes);
    }

    /// Returns the producer that all flows share.
    public KafkaAcknowledgedProducer producer() {
        return kafka.producer();
    }

    /// Returns the lane options that all flows have.
    public LaneOptions options() {
        return LaneSettings.options(settings);
    }

    /// Returns a check whether a flow of this process handles the records of a key.
    public KeyOwner owner(String group, Topic topic) {
        int count = kafka.partitions(topic);
        return new KeyOwner() {
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

    /// Returns a record of another topic as a flow of this process would get it; empty if the flow does not handle the
    /// records of its key now.
    ///
    /// @param topic the topic of the flow
    public <V> Optional<Incoming<V>> asOf(String group, Topic topic, String key, V value, Instant timestamp) {
        int partition = Partitions.of(key, kafka.partitions(topic));
        return Optional.ofNullable(tails.held(group).assignments().get(partition))
                .map(assignment -> new Incoming<>(partition, -1, assignment, key, value, timestamp, 0));
    }

    /// Returns the result log of a flow, with results as old as records can be that are redelivered.
    public <V> ResultLog<V> results(String group, Topic topic, Class<V> type) {
        return results(group, topic, type, settings.get(ResultLogSettings.REMEMBERED_FOR));
    }

    /// Returns the result log of a flow, with results that are younger than an age.
    public <V> ResultLog<V> results(String group, Topic topic, Class<V> type, Duration maxAge) {
        return results(group, topic, type, ResultLogSettings.bounds(settings, maxAge));
    }

    /// Returns the result log of a flow, with the latest results of each key.
    ///
    /// @param maxValues how many
    public <V> ResultLog<V> results(String group, Topic topic, Class<V> type, int maxValues) {
        Duration maxAge = settings.get(ResultLogSettings.REMEMBERED_FOR);
        return results(
                group, topic, type, ResultLogSettings.bounds(settings, maxAge).withMaxValues(maxValues));
    }

    private <V> ResultLog<V> results(
            String group, Topic topic, Class<V> type, KafkaPartitionTailReader.Options bounds) {
        KafkaPartitionTailReader<V> tail = context.components()
                .add(
                        "tail of " + topic.name(),
                        new KafkaPartitionTailReader<>(
                                () -> kafka.consumer("tail-" + group),
                                topic,
                                type,
                                bounds,
                                context.clock(),
                                System::nanoTime));
        tails.add(group, tail);
        return new ResultLog<>(topic, tail, kafka.producer());
    }

    /// Runs a flow with the options that all have; see [#run(String, Topic, Class, ScopeLookup, Handler, LaneOptions)].
    public <V> void run(String group, Topic topic, Class<V> type, ScopeLookup scopes, Handler<V> handler) {
        run(group, topic, type, scopes, handler, options());
    }

    /// Runs a flow.
    ///
    /// @param scopes which pauses concern the records of a key
    public <V> void run(
            String group, Topic topic, Class<V> type, ScopeLookup scopes, Handler<V> handler, LaneOptions options) {
        run(group, List.of(topic), ValueReader.json(type), scopes, handler, kafka.producer(), options);
    }

    /// Runs a flow of several topics that is an end: what it cannot handle is logged and counted, and becomes no
    /// dead letter.
    ///
    /// @param reader which must read every record
    public <V> void runToEnd(String group, List<Topic> topics, ValueReader<V> reader, Handler<V> handler) {
        run(group, topics, reader, ScopeLookup.NONE, handler, (_, _, _) -> {}, options());
    }

    private <V> void run(
            String group,
            List<Topic> topics,
            ValueReader<V> reader,
            ScopeLookup scopes,
            Handler<V> handler,
            DeadLetters deadLetters,
            LaneOptions options) {
        Map<String, Object> properties = Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                "classic",
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CountingAssignor.class.getName(),
                CountingAssignor.LISTENER,
                (CountingAssignor.Listener) count -> processes.heard(group, count),
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                (int) options.sessionTimeout().toMillis(),
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                (int) options.sessionTimeout().toMillis() / 10);
        KafkaConsumer<byte[], byte[]> client = kafka.consumer(group, properties);
        KeyedConsumer<V> consumer = context.components()
                .addEarly(
                        group,
                        new KeyedConsumer<>(
                                new KeyedConsumer.Flow<>(
                                        group,
                                        topics.stream().map(Topic::name).toList(),
                                        reader,
                                        met(scopes, traced(group, topics, handler)),
                                        deadLetters,
                                        scopes),
                                client,
                                options,
                                new Random(),
                                System::nanoTime,
                                new FlowMeters(context.metrics().registry(), kafka.process(), group)));
        context.components()
                .add(
                        "meters of " + group,
                        KafkaMeters.consumer(context.metrics().registry(), group, client::metrics));
        kafka.bindAll(group, () -> new KafkaClientMetrics(client));
        context.health().readyWhile(group, () -> problem(consumer));
        context.health().degradedIn(group, () -> degradations(group, consumer));
        context.health().waitsIn(group, most -> waiting(consumer, most));
        context.health()
                .livesWhile(group, () -> consumer.isDead() ? Optional.of("its thread has died") : Optional.empty());
        consumer.start();
        tails.follow(group, consumer::held);
    }

    private static List<Health.Waiting> waiting(KeyedConsumer<?> consumer, int most) {
        return consumer.waiting(most).stream()
                .map(key -> new Health.Waiting(
                        ConversationKey.masked(key.key()), key.since(), key.records(), key.attempts(), key.reason()))
                .toList();
    }

    private Optional<String> problem(KeyedConsumer<?> consumer) {
        return consumer.problem()
                .or(() -> consumer.isAssigned() ? Optional.empty() : Optional.of("has not joined its group yet"))
                .or(() -> stopped(consumer.pauses()));
    }

    /// Returns the reason if all of a flow is stopped, in words; empty if some of it continues.
    private Optional<String> stopped(List<Pause> pauses) {
        return stopsEverything.test(pauses)
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

    private <V> Handler<V> traced(String group, List<Topic> topics, Handler<V> handler) {
        return context.tracing().isOn()
                ? new TracedHandler<>(group, topics.stream().map(Topic::name).toList(), handler, context.tracing())
                : handler;
    }

    /// Returns a handler that records the business numbers of all records.
    private static <V> Handler<V> met(ScopeLookup scopes, Handler<V> handler) {
        return new Handler<>() {
            @Override
            public Outcome handle(Incoming<V> incoming, Fence fence) throws InterruptedException {
                scopes.of(incoming.key());
                return handler.handle(incoming, fence);
            }

            @Override
            public void givenUp(Incoming<V> incoming, Fence fence) throws InterruptedException {
                handler.givenUp(incoming, fence);
            }
        };
    }
}
