package lull.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.KafkaAccess.Right;
import lull.contract.topic.Topic;
import lull.runtime.kafka.TopicKeeper;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/// Writer of the catalogue of topics and of the rights of processes as resources of Strimzi's
/// operators, in YAML.
///
/// @param cluster name of the `Kafka` resource
record Strimzi(String cluster) {

    private static final Pattern NOT_OF_A_RESOURCE = Pattern.compile("[^a-z0-9.-]");

    /// Returns a topic as a `KafkaTopic`.
    List<String> topic(Topic topic, TopicKeeper.Layout layout) {
        List<String> lines = head("KafkaTopic", resourceName(topic.name()));
        lines.addAll(List.of("spec:", "  topicName: " + topic.name(), "  partitions: " + layout.partitionsOf(topic)));
        layout.replicas().ifPresent(replicas -> lines.add("  replicas: " + replicas));
        lines.add("  config:");
        new TreeMap<>(layout.config(topic)).forEach((name, value) -> lines.add("    " + name + ": " + value));
        return lines;
    }

    /// Returns a process as a `KafkaUser` that authenticates with SCRAM and has exactly these rights.
    List<String> user(String name, KafkaAccess process, KafkaAccess.Scope scope) {
        List<String> lines = head("KafkaUser", name);
        lines.addAll(List.of(
                "spec:",
                "  authentication:",
                "    type: scram-sha-512",
                "  authorization:",
                "    type: simple",
                "    acls:"));
        for (Right right : process.of(scope)) {
            lines.addAll(List.of(
                    "      - resource:",
                    "          type: " + type(right.type()),
                    "          name: " + right.name(),
                    "          patternType: " + (right.pattern() == PatternType.PREFIXED ? "prefix" : "literal"),
                    "        operations: [" + String.join(", ", right.words()) + "]"));
        }
        return lines;
    }

    private List<String> head(String kind, String name) {
        return new ArrayList<>(List.of(
                "apiVersion: kafka.strimzi.io/v1",
                "kind: " + kind,
                "metadata:",
                "  name: " + name,
                "  labels:",
                "    strimzi.io/cluster: " + cluster));
    }

    /// Returns the name of a resource. Such names have stricter rules than those of topics.
    private static String resourceName(String topic) {
        return NOT_OF_A_RESOURCE.matcher(topic.toLowerCase(Locale.ROOT)).replaceAll("-");
    }

    private static String type(ResourceType type) {
        return switch (type) {
            case TOPIC -> "topic";
            case GROUP -> "group";
            case TRANSACTIONAL_ID -> "transactionalId";
            default -> throw new IllegalStateException("No process has a right on " + type);
        };
    }
}
