package lull.bridge;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
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
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Kafka clients of a bridge, and the topics that it needs.
final class KafkaClients {

    private final ServiceContext context;
    private final KafkaSetup setup;
    private final Topology topology;
    /// A bridge reads and writes the same topics in every installation.
    private static final KafkaAccess.Scope ANY = new KafkaAccess.Scope(List.of(), List.of());

    private final KafkaAcknowledgedProducer producer;

    /// Cluster and topics as the brokers reported them at the start.
    ///
    /// @param partitions of each topic
    private record Topology(String clusterId, Map<String, Integer> partitions) {}

    private KafkaClients(
            ServiceContext context, KafkaSetup setup, Topology topology, KafkaAcknowledgedProducer producer) {
        this.context = context;
        this.setup = setup;
        this.topology = topology;
        this.producer = producer;
    }

    /// Throws [CannotStart] if topics are missing or differ from what the bridge needs.
    static KafkaClients open(ServiceContext context, List<Topic> topics) throws InterruptedException {
        KafkaSetup setup = KafkaSetup.of(context.settings());
        try (TopicKeeper keeper = new TopicKeeper(setup)) {
            List<KafkaAccess.Right> rights = TopicSettings.checked(
                    context.settings(),
                    KafkaAccess.BRIDGE.of(
                            ANY,
                            topics,
                            BridgeService.groups(context.settings()).keySet()));
            keeper.require(topics, rights);
            Topology topology = new Topology(keeper.clusterId(), Map.copyOf(keeper.partitions(topics)));
            context.kafka().watch(topics, rights);
            KafkaAcknowledgedProducer producer = context.parts().add("bridge producer", producer(context, setup));
            return new KafkaClients(context, setup, topology, producer);
        }
    }

    String clusterId() {
        return topology.clusterId();
    }

    int partitions(Topic topic) {
        return Objects.requireNonNull(topology.partitions().get(topic.name()), topic.name());
    }

    /// Returns the producer that all flows share.
    KafkaAcknowledgedProducer producer() {
        return producer;
    }

    /// Returns a new consumer, which the caller closes.
    KafkaConsumer<byte[], byte[]> consumer(String clientId, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(setup.consumer(clientId));
        properties.putAll(more);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Returns a new consumer without a group, which the caller closes.
    KafkaConsumer<byte[], byte[]> consumer(String clientId) {
        return consumer(clientId, Map.of());
    }

    /// Publishes all metrics of a client, if that is configured.
    void bindAll(String name, Supplier<KafkaClientMetrics> meters) {
        bindAll(context, name, meters);
    }

    private static void bindAll(ServiceContext context, String name, Supplier<KafkaClientMetrics> meters) {
        if (context.settings().get(TopicSettings.ALL_KAFKA_METERS)) {
            context.parts()
                    .add("all meters of " + name, meters.get())
                    .bindTo(context.metrics().registry());
        }
    }

    private static KafkaAcknowledgedProducer producer(ServiceContext context, KafkaSetup setup) {
        Duration ackTimeout = context.settings().get(ResultLogSettings.ACK_TIMEOUT);
        Map<String, Object> properties = new HashMap<>(setup.producer("lull-bridge"));
        int millis = (int) ackTimeout.toMillis();
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, millis / 2));
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        context.parts()
                .add(
                        "meters of the bridge producer",
                        KafkaMeters.producer(context.metrics().registry(), "lull-bridge", producer::metrics));
        bindAll(context, "the bridge producer", () -> new KafkaClientMetrics(producer));
        return new KafkaAcknowledgedProducer(producer, ackTimeout.multipliedBy(2));
    }
}
