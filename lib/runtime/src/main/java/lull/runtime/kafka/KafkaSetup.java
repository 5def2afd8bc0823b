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

/// Properties of Kafka's clients: the operator's (`KAFKA_...`), which override Lull's choice for each
/// client.
///
/// @param overrides by property name, including `bootstrap.servers`
public record KafkaSetup(Map<String, String> overrides) {

    /// The address of the broker unless `KAFKA_BOOTSTRAP_SERVERS` sets another.
    public static final String DEFAULT_BOOTSTRAP_SERVERS = "localhost:9092";

    public KafkaSetup {
        Map<String, String> all = new HashMap<>(overrides);
        all.putIfAbsent(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, DEFAULT_BOOTSTRAP_SERVERS);
        overrides = Map.copyOf(all);
    }

    public static KafkaSetup of(Settings settings) {
        return new KafkaSetup(settings.kafka());
    }

    /// Returns the setup of a broker at an address, without other properties.
    public static KafkaSetup at(String bootstrapServers) {
        return new KafkaSetup(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /// Returns the properties of an idempotent producer whose sends are acknowledged by all in-sync
    /// replicas.
    public Map<String, Object> producer(String clientId) {
        return producer(clientId, Map.of());
    }

    /// Returns the same with the given defaults, which the operator's properties override.
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

    /// Returns the properties of a consumer that never commits automatically, starts at the earliest
    /// record and reads only committed records.
    public Map<String, Object> consumer(String clientId) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        properties.putAll(overrides);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return properties;
    }

    /// Creates a client that asks about the cluster and its topics. Throws [CannotStart] with the
    /// reason if it cannot be created.
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
