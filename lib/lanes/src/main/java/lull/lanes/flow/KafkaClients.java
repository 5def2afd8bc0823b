package lull.lanes.flow;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.Topic;
import lull.lanes.results.KafkaAcknowledgedProducer;
import lull.lanes.results.ResultLogSettings;
import lull.runtime.kafka.KafkaMeters;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Settings;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Kafka clients of a process with flows, and the topics that it needs. Safe for several threads.
public final class KafkaClients {

    private final ServiceContext context;
    private final String process;
    private final KafkaSetup setup;
    private final Topology topology;

    private final KafkaAcknowledgedProducer producer;

    /// Cluster and topics as the brokers reported them at the start.
    ///
    /// @param partitions of each topic
    private record Topology(String clusterId, Map<String, Integer> partitions) {}

    private KafkaClients(
            ServiceContext context,
            String process,
            KafkaSetup setup,
            Topology topology,
            KafkaAcknowledgedProducer producer) {
        this.context = context;
        this.process = process;
        this.setup = setup;
        this.topology = topology;
        this.producer = producer;
    }

    /// Opens the clients of a process. Throws `CannotStart` if topics are missing or differ from what it
    /// needs.
    ///
    /// @param access what the process may do; its word names clients and meters
    /// @param topics those that it uses with its settings
    /// @param groups the consumer groups that it uses with its settings
    public static KafkaClients open(
            ServiceContext context, KafkaAccess access, List<Topic> topics, Collection<String> groups)
            throws InterruptedException {
        KafkaSetup setup = KafkaSetup.of(context.settings());
        try (TopicKeeper keeper = new TopicKeeper(setup)) {
            List<KafkaAccess.Right> rights = TopicSettings.checked(
                    context.settings(), access.of(scope(context.settings(), topics), topics, groups));
            keeper.require(topics, rights);
            Topology topology = new Topology(keeper.clusterId(), Map.copyOf(keeper.partitions(topics)));
            context.kafka().watch(topics, rights);
            KafkaAcknowledgedProducer producer =
                    context.components().add(access.word() + " producer", producer(context, access.word(), setup));
            return new KafkaClients(context, access.word(), setup, topology, producer);
        }
    }

    /// Returns the topics that decide what a process with flows may do.
    private static KafkaAccess.Scope scope(Settings settings, List<Topic> topics) {
        return new KafkaAccess.Scope(
                settings.get(TopicSettings.INPUTS),
                topics.stream().map(Topic::name).toList());
    }

    /// Returns the id of the cluster.
    public String clusterId() {
        return topology.clusterId();
    }

    /// Returns how many partitions a topic had at the start.
    public int partitions(Topic topic) {
        return Objects.requireNonNull(topology.partitions().get(topic.name()), topic.name());
    }

    /// Returns the word of the process, such as `bridge`.
    String process() {
        return process;
    }

    /// Returns the producer that all flows share.
    public KafkaAcknowledgedProducer producer() {
        return producer;
    }

    /// Returns a new consumer, which the caller closes.
    public KafkaConsumer<byte[], byte[]> consumer(String clientId, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(setup.consumer(clientId));
        properties.putAll(more);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Returns a new consumer without a group, which the caller closes.
    ///
    /// @param purpose the end of its client id, after the process
    public KafkaConsumer<byte[], byte[]> consumer(String purpose) {
        return consumer("lull-" + process + "-" + purpose, Map.of());
    }

    /// Publishes all metrics of a client, if that is configured.
    void bindAll(String name, Supplier<KafkaClientMetrics> meters) {
        bindAll(context, name, meters);
    }

    private static void bindAll(ServiceContext context, String name, Supplier<KafkaClientMetrics> meters) {
        if (context.settings().get(TopicSettings.ALL_KAFKA_METERS)) {
            context.components()
                    .add("all meters of " + name, meters.get())
                    .bindTo(context.metrics().registry());
        }
    }

    private static KafkaAcknowledgedProducer producer(ServiceContext context, String process, KafkaSetup setup) {
        Duration ackTimeout = context.settings().get(ResultLogSettings.ACK_TIMEOUT);
        Map<String, Object> properties = new HashMap<>(setup.producer("lull-" + process));
        int millis = (int) ackTimeout.toMillis();
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, millis / 2));
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        context.components()
                .add(
                        "meters of the " + process + " producer",
                        KafkaMeters.producer(context.metrics().registry(), "lull-" + process, producer::metrics));
        bindAll(context, "the " + process + " producer", () -> new KafkaClientMetrics(producer));
        return new KafkaAcknowledgedProducer(producer, ackTimeout.multipliedBy(2));
    }
}
