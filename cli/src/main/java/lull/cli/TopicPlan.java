package lull.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.kafka.BrokerKind;
import lull.runtime.kafka.TopicKeeper.Layout;

/// Demands of an installation's topics and connections on a Kafka cluster, compared with its limits.
/// Recommended numbers of partitions are those of the Amazon MSK Developer Guide, read in August 2026.
///
/// @param topics of the installation
/// @param layout of the topics
/// @param brokers of the cluster; ignored for Serverless
/// @param processes that connect to it
public record TopicPlan(List<Topic> topics, Layout layout, Brokers brokers, Processes processes) {

    /// Connections that one broker allows with IAM authentication; Serverless allows as many for the
    /// cluster.
    public static final int MAX_CONNECTIONS = 3_000;

    /// Maximum number of partitions of compacted topics on Serverless.
    static final int MAX_COMPACTED_ON_SERVERLESS = 120;

    /// Maximum number of partitions of other topics on Serverless.
    static final int MAX_OTHERS_ON_SERVERLESS = 2_400;

    private static final Map<String, Integer> STANDARD = Map.ofEntries(
            Map.entry("t3.small", 300),
            Map.entry("m5.large", 1_000),
            Map.entry("m5.xlarge", 1_000),
            Map.entry("m5.2xlarge", 2_000),
            Map.entry("m5.4xlarge", 4_000),
            Map.entry("m5.8xlarge", 4_000),
            Map.entry("m5.12xlarge", 4_000),
            Map.entry("m5.16xlarge", 4_000),
            Map.entry("m5.24xlarge", 4_000),
            Map.entry("m7g.large", 1_000),
            Map.entry("m7g.xlarge", 1_000),
            Map.entry("m7g.2xlarge", 2_000),
            Map.entry("m7g.4xlarge", 4_000),
            Map.entry("m7g.8xlarge", 4_000),
            Map.entry("m7g.12xlarge", 4_000),
            Map.entry("m7g.16xlarge", 4_000));

    /// What is known of m7g.4xlarge is also used for larger brokers, which can have more.
    private static final Map<String, Integer> EXPRESS = Map.of(
            "m7g.large", 1_000,
            "m7g.xlarge", 1_000,
            "m7g.2xlarge", 2_500,
            "m7g.4xlarge", 6_000,
            "m7g.8xlarge", 6_000,
            "m7g.12xlarge", 6_000,
            "m7g.16xlarge", 6_000);

    /// Brokers of a cluster.
    ///
    /// @param type as in MSK, without `kafka.` or `express.`
    public record Brokers(String type, int number) {}

    /// Processes that connect to the brokers.
    ///
    /// @param streamThreads of all aggregators, for all input topics
    public record Processes(int ingresses, int streamThreads, int bridges) {

        /// Returns the maximum number of connections to each broker: every client of a process connects
        /// to every broker, and those of consumer groups once more to their coordinator. With one
        /// broker, to which all connections go, 4, 12 and 27 were counted; a bridge with transcripts
        /// has some more.
        int connections() {
            return ingresses * 4 + streamThreads * 12 + bridges * 32;
        }
    }

    int partitions() {
        return topics.stream().mapToInt(layout::partitionsOf).sum();
    }

    int compactedTopics() {
        return (int) topics.stream().filter(TopicPlan::isCompacted).count();
    }

    int compactedPartitions() {
        return topics.stream()
                .filter(TopicPlan::isCompacted)
                .mapToInt(layout::partitionsOf)
                .sum();
    }

    /// Returns the number of replicas of each partition.
    int replicas() {
        return layout.kind().fixesReplicas() || layout.replicationFactor() < 0
                ? BrokerKind.FIXED_REPLICAS
                : layout.replicationFactor();
    }

    int replicasOnABroker() {
        return Math.ceilDiv(partitions() * replicas(), brokers.number());
    }

    /// Returns the recommended maximum of partitions, replicas included, for a broker of this type;
    /// empty if the kind has no types, and for a self-managed Kafka.
    Optional<Integer> recommended() {
        return switch (layout.kind()) {
            case KAFKA, SERVERLESS -> Optional.empty();
            case STANDARD -> Optional.ofNullable(STANDARD.get(brokers.type()));
            case EXPRESS -> Optional.ofNullable(EXPRESS.get(brokers.type()));
        };
    }

    /// Returns the types of brokers of a kind, as far as they are known here.
    public static List<String> types(BrokerKind kind) {
        return switch (kind) {
            case KAFKA, SERVERLESS -> List.of();
            case STANDARD -> STANDARD.keySet().stream().sorted().toList();
            case EXPRESS -> EXPRESS.keySet().stream().sorted().toList();
        };
    }

    /// Returns the settings of topics that the broker decides itself.
    List<String> leftOut() {
        TreeSet<String> names = new TreeSet<>();
        topics.forEach(topic -> names.addAll(topic.config().keySet()));
        names.add("min.insync.replicas");
        names.removeIf(layout.kind()::takes);
        return List.copyOf(names);
    }

    /// Returns what cannot work or exceeds a recommendation, each with a remedy; empty if all is OK.
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        switch (layout.kind()) {
            case KAFKA -> {}
            case STANDARD -> onBrokers(problems);
            case EXPRESS -> {
                onBrokers(problems);
                if (brokers.number() % BrokerKind.FIXED_REPLICAS != 0) {
                    problems.add("Express brokers are in 3 zones, and their number is " + brokers.number()
                            + ": choose a multiple of 3");
                }
                otherReplicas().ifPresent(problems::add);
            }
            case SERVERLESS -> {
                onServerless(problems);
                otherReplicas().ifPresent(problems::add);
            }
        }
        if (layout.kind() == BrokerKind.KAFKA || layout.kind() == BrokerKind.STANDARD) {
            if (replicas() > brokers.number()) {
                problems.add(replicas() + " replicas need as many brokers, and there are " + brokers.number()
                        + ": lower topics.replication.factor or add brokers");
            }
            if (layout.minInsyncReplicas() > replicas()) {
                problems.add("topics.min.insync.replicas is " + layout.minInsyncReplicas() + ", and there are "
                        + replicas() + " replicas, so no record could be written: lower it");
            }
        }
        if (layout.kind() != BrokerKind.KAFKA && processes.connections() > MAX_CONNECTIONS) {
            problems.add("There may be " + processes.connections()
                    + " connections to a broker, and IAM authentication allows " + MAX_CONNECTIONS
                    + ": run fewer, larger processes");
        }
        return problems;
    }

    private void onBrokers(List<String> problems) {
        recommended()
                .filter(most -> replicasOnABroker() > most)
                .ifPresent(most -> problems.add("Each broker would have " + replicasOnABroker()
                        + " partitions with replicas, and MSK recommends at most " + most + " for " + brokers.type()
                        + ": take larger brokers, " + Math.ceilDiv(partitions() * replicas(), most)
                        + " or more of them, or topics.partitions=" + mostPartitions(most)));
    }

    private int mostPartitions(int most) {
        int ones = ones(topics);
        return (most * brokers.number() / replicas() - ones) / (topics.size() - ones);
    }

    private static int ones(List<Topic> topics) {
        return (int) topics.stream().filter(Topics::hasOnePartition).count();
    }

    private void onServerless(List<String> problems) {
        List<Topic> compacted = topics.stream().filter(TopicPlan::isCompacted).toList();
        if (compactedPartitions() > MAX_COMPACTED_ON_SERVERLESS) {
            problems.add("Compacted topics would have " + compactedPartitions()
                    + " partitions, and MSK Serverless allows " + MAX_COMPACTED_ON_SERVERLESS
                    + ": set topics.partitions to at most "
                    + (MAX_COMPACTED_ON_SERVERLESS - ones(compacted)) / (compacted.size() - ones(compacted)));
        }
        int others = partitions() - compactedPartitions();
        if (others > MAX_OTHERS_ON_SERVERLESS) {
            problems.add("Topics that are not compacted would have " + others + " partitions, and MSK Serverless"
                    + " allows " + MAX_OTHERS_ON_SERVERLESS + ": set topics.partitions to at most "
                    + MAX_OTHERS_ON_SERVERLESS / (topics.size() - compactedTopics()));
        }
    }

    private Optional<String> otherReplicas() {
        return layout.replicationFactor() < 0 || layout.replicationFactor() == BrokerKind.FIXED_REPLICAS
                ? Optional.empty()
                : Optional.of("topics.replication.factor is " + layout.replicationFactor() + ", and "
                        + layout.kind().word() + " always has " + BrokerKind.FIXED_REPLICAS
                        + " replicas: set it to 3 or -1");
    }

    private static boolean isCompacted(Topic topic) {
        return topic.kept() instanceof Topic.Kept.LatestOfEachKey;
    }
}
