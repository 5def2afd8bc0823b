package lull.runtime.kafka;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Kind of Kafka on which topics are created. Managed ones reject some settings of topics, because they
/// decide them themselves. Source: Amazon MSK Developer Guide, "Custom MSK Express broker
/// configurations" and "Configuration properties for MSK Serverless clusters".
public enum BrokerKind {

    /// A self-managed Kafka: accepts every setting.
    KAFKA("kafka"),

    /// Amazon MSK with Standard brokers: accepts every setting.
    STANDARD("standard"),

    /// Amazon MSK with Express brokers: always three replicas, of which two must have a record.
    EXPRESS("express"),

    /// Amazon MSK Serverless.
    SERVERLESS("serverless");

    private static final Set<String> DECIDED_BY_EXPRESS = Set.of("segment.bytes", "min.insync.replicas");
    private static final List<String> TAKEN_BY_SERVERLESS =
            List.of("cleanup.policy", "compression.type", "max.message.bytes", "message.timestamp.", "retention.");

    /// How many replicas of a partition a managed Kafka with a fixed number has.
    public static final short FIXED_REPLICAS = 3;

    private final String word;

    BrokerKind(String word) {
        this.word = word;
    }

    /// The value of the setting and of the option.
    public String word() {
        return word;
    }

    /// Returns the kind for this word. Throws [IllegalArgumentException] that lists all words.
    public static BrokerKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Arrays.stream(values()).map(BrokerKind::word).collect(Collectors.joining(", "))));
    }

    /// Whether it decides how many replicas there are, and how many of them must have a record.
    public boolean fixesReplicas() {
        return switch (this) {
            case KAFKA, STANDARD -> false;
            case EXPRESS, SERVERLESS -> true;
        };
    }

    /// Returns those of a topic's settings that it accepts.
    public Map<String, String> taken(Map<String, String> config) {
        Map<String, String> taken = new LinkedHashMap<>(config);
        taken.keySet().removeIf(name -> !takes(name));
        return taken;
    }

    /// Whether a topic can have this setting.
    public boolean takes(String name) {
        return switch (this) {
            case KAFKA, STANDARD -> true;
            case EXPRESS -> !DECIDED_BY_EXPRESS.contains(name);
            case SERVERLESS -> TAKEN_BY_SERVERLESS.stream().anyMatch(name::startsWith);
        };
    }
}
