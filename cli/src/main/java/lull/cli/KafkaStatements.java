package lull.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lull.contract.topic.KafkaAccess.Right;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/// Rights on Kafka as actions of Amazon MSK. Source: Amazon MSK Developer Guide, "Semantics of IAM authorization policy
/// actions and resources". Pure.
final class KafkaStatements {

    private KafkaStatements() {}

    /// Returns the statements for some rights: one for the cluster, and one for each set of actions.
    ///
    /// @param cluster the ARN of the cluster
    static List<PolicyStatement> of(List<Right> rights, String cluster) {
        Set<String> ofCluster = new TreeSet<>(Set.of("kafka-cluster:Connect", "kafka-cluster:DescribeCluster"));
        Map<Set<String>, Set<String>> resources = new LinkedHashMap<>();
        for (Right right : rights) {
            if (right.type() == ResourceType.TOPIC && right.operations().contains(AclOperation.WRITE)) {
                ofCluster.add("kafka-cluster:WriteDataIdempotently");
            }
            resources
                    .computeIfAbsent(actions(right), _ -> new LinkedHashSet<>())
                    .add(resource(right, cluster));
        }
        List<PolicyStatement> statements = new ArrayList<>();
        statements.add(new PolicyStatement("Kafka", ofCluster, List.of(cluster), Map.of()));
        int number = 0;
        for (Map.Entry<Set<String>, Set<String>> one : resources.entrySet()) {
            number++;
            statements.add(new PolicyStatement("Kafka" + number, one.getKey(), List.copyOf(one.getValue()), Map.of()));
        }
        return statements;
    }

    private static Set<String> actions(Right right) {
        Set<String> actions = new TreeSet<>();
        for (AclOperation operation : right.operations()) {
            words(right.type(), operation).forEach(word -> actions.add("kafka-cluster:" + word));
        }
        return actions;
    }

    private static List<String> words(ResourceType type, AclOperation operation) {
        return switch (type) {
            case GROUP ->
                operation == AclOperation.DESCRIBE ? List.of("DescribeGroup") : List.of("AlterGroup", "DescribeGroup");
            case TRANSACTIONAL_ID -> List.of("AlterTransactionalId", "DescribeTransactionalId");
            case TOPIC ->
                switch (operation) {
                    case READ -> List.of("ReadData", "DescribeTopic");
                    case WRITE -> List.of("WriteData", "DescribeTopic");
                    case DESCRIBE -> List.of("DescribeTopic");
                    case DESCRIBE_CONFIGS -> List.of("DescribeTopicDynamicConfiguration");
                    case ALTER -> List.of("AlterTopic", "DescribeTopic");
                    case CREATE -> List.of("CreateTopic", "DescribeTopic");
                    default -> throw new IllegalStateException("No process has the right " + operation);
                };
            default -> throw new IllegalStateException("No process has a right on " + type);
        };
    }

    /// A resource of a cluster of this name. Its generated part is left out, because a managed policy is limited to
    /// 6,144
    /// characters; the statement of the cluster has it, so no other cluster can be connected to.
    private static String resource(Right right, String cluster) {
        String kind = switch (right.type()) {
            case GROUP -> ":group/";
            case TRANSACTIONAL_ID -> ":transactional-id/";
            default -> ":topic/";
        };
        return cluster.replace(":cluster/", kind).replaceFirst("/[^/]*$", "/*") + "/" + right.name()
                + (right.pattern() == PatternType.PREFIXED ? "*" : "");
    }
}
