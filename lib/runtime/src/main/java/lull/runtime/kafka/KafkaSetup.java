package lull.runtime.kafka;

import java.util.HashMap;
import java.util.Map;
import lull.contract.topic.Topic;
import lull.runtime.CannotStart;
import lull.runtime.settings.Settings;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;

/// The properties of Kafka's clients: what the operator said (`KAFKA_...`), over Lull's choice for the client at
/// hand.
///
/// @param overrides by property name, `bootstrap.servers` among them
public record KafkaSetup(Map<String, String> overrides) {

    /// Where the broker is unless `KAFKA_BOOTSTRAP_SERVERS` says otherwise.
    public static final String DEFAULT_BOOTSTRAP_SERVERS = "localhost:9092";

    public KafkaSetup {
        Map<String, String> all = new HashMap<>(overrides);
        all.putIfAbsent(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, DEFAULT_BOOTSTRAP_SERVERS);
        overrides = Map.copyOf(all);
    }

    public static KafkaSetup of(Settings settings) {
        return new KafkaSetup(settings.kafka());
    }

    /// The setup of a broker at an address, with nothing else said.
    public static KafkaSetup at(String bootstrapServers) {
        return new KafkaSetup(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /// An idempotent producer whose sends are acknowledged by all in-sync replicas.
    public Map<String, Object> producer(String clientId) {
        return producer(clientId, Map.of());
    }

    /// The same with defaults of its own, under what the operator said.
    public Map<String, Object> producer(String clientId, Map<String, Object> defaults) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.putAll(defaults);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_MESSAGE_BYTES);
        properties.putAll(overrides);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return properties;
    }

    /// A consumer that commits by itself never, starts at the earliest record and sees committed records only.
    public Map<String, Object> consumer(String clientId) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        properties.putAll(overrides);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return properties;
    }

    /// A client that asks about the cluster and its topics. Throws [CannotStart] that says why if it cannot be
    /// created.
    ///
    /// @param over properties that override the operator's
    public Admin connectAdmin(String clientId, Map<String, Object> over) throws InterruptedException {
        Map<String, Object> properties = new HashMap<>(admin(clientId));
        properties.putAll(over);
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            throw new CannotStart(sentence(BrokerAddresses.of(this).problem(e)), e);
        }
    }

    static String sentence(String problem) {
        return "Kafka cannot be used: " + problem + ". Check that the brokers run, and the settings"
                + " kafka.bootstrap.servers and kafka.security.protocol";
    }

    public Map<String, Object> admin(String clientId) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
        properties.putAll(overrides);
        return properties;
    }
}
