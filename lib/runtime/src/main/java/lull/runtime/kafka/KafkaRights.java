package lull.runtime.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lull.contract.topic.KafkaAccess.Right;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTransactionsOptions;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/// Check whether Kafka grants a process the rights that it needs. It asks Kafka which operations are
/// permitted, and attempts none of them.
///
/// Kafka reports the operations on existing topics and groups. For a group that does not exist yet, and
/// for transactional ids, it shows only whether the process may see them; each other right on them
/// includes that one.
public final class KafkaRights {

    /// End of a transactional id that no producer has.
    private static final String NO_ID = "rights-check";

    private final Admin admin;
    private final int millis;
    private final List<Denied> denied = new ArrayList<>();

    private KafkaRights(Admin admin, int millis) {
        this.admin = admin;
        this.millis = millis;
    }

    /// A right that Kafka denies.
    ///
    /// @param operations the denied ones
    record Denied(Right right, Set<AclOperation> operations) {

        /// Says which right is missing, and what to do.
        String words() {
            String missing = right.only(operations)
                    .map(Right::words)
                    .map(words -> String.join(" and ", words))
                    .orElseThrow();
            String name = right.name() + (right.pattern() == PatternType.PREFIXED ? "*" : "");
            return "Kafka denies this process " + missing + " on the " + kind(right.type()) + " " + name
                    + ": grant it, as docs/acls.md lists";
        }

        boolean isOfTopic(String name) {
            return right.type() == ResourceType.TOPIC && right.name().equals(name);
        }

        private static String kind(ResourceType type) {
            return switch (type) {
                case GROUP -> "consumer group";
                case TRANSACTIONAL_ID -> "transactional id";
                default -> "topic";
            };
        }
    }

    /// Returns why an operation on a topic failed: the missing right and what to do, if Kafka denies it,
    /// else the words of the failure.
    ///
    /// @param failure of a client, such as an `ExecutionException`
    public static String reason(Throwable failure, AclOperation operation, String topic) {
        return reason(failure, operation, ResourceType.TOPIC, topic);
    }

    /// Returns the same for an operation on a consumer group.
    public static String reasonOfGroup(Throwable failure, AclOperation operation, String group) {
        return reason(failure, operation, ResourceType.GROUP, group);
    }

    private static String reason(Throwable failure, AclOperation operation, ResourceType type, String name) {
        Throwable cause = failure;
        while (cause instanceof ExecutionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof AuthorizationException) {
            Right right = new Right(type, name, PatternType.LITERAL, Set.of(operation));
            return new Denied(right, right.operations()).words();
        }
        return cause.getMessage() == null ? "no answer in time" : cause.getMessage();
    }

    /// Returns those of these rights that Kafka denies. What Kafka does not report counts as granted: the
    /// operation itself then shows whether it is.
    ///
    /// @param millis how long Kafka may take for each kind of resource
    static List<Denied> denied(Admin admin, Collection<Right> rights, int millis) throws InterruptedException {
        KafkaRights check = new KafkaRights(admin, millis);
        check.topics(byName(rights, ResourceType.TOPIC));
        check.groups(byName(rights, ResourceType.GROUP));
        check.transactionalIds(byName(rights, ResourceType.TRANSACTIONAL_ID));
        return List.copyOf(check.denied);
    }

    private static Map<String, Right> byName(Collection<Right> rights, ResourceType type) {
        Map<String, Right> byName = new HashMap<>();
        rights.stream().filter(right -> right.type() == type).forEach(right -> byName.put(asked(right), right));
        return byName;
    }

    private static String asked(Right right) {
        return right.pattern() == PatternType.PREFIXED ? right.name() + NO_ID : right.name();
    }

    private void topics(Map<String, Right> topics) throws InterruptedException {
        DescribeTopicsOptions options =
                new DescribeTopicsOptions().includeAuthorizedOperations(true).timeoutMs(millis);
        Map<String, KafkaFuture<Set<AclOperation>>> answers = new HashMap<>();
        admin.describeTopics(topics.keySet(), options)
                .topicNameValues()
                .forEach((name, topic) ->
                        answers.put(name, topic.thenApply(described -> described.authorizedOperations())));
        note(topics, answers);
    }

    private void groups(Map<String, Right> groups) throws InterruptedException {
        DescribeConsumerGroupsOptions options = new DescribeConsumerGroupsOptions()
                .includeAuthorizedOperations(true)
                .timeoutMs(millis);
        Map<String, KafkaFuture<Set<AclOperation>>> answers = new HashMap<>();
        admin.describeConsumerGroups(groups.keySet(), options)
                .describedGroups()
                .forEach((name, group) ->
                        answers.put(name, group.thenApply(described -> described.authorizedOperations())));
        note(groups, answers);
    }

    private void transactionalIds(Map<String, Right> ids) throws InterruptedException {
        DescribeTransactionsResult result =
                admin.describeTransactions(ids.keySet(), new DescribeTransactionsOptions().timeoutMs(millis));
        Map<String, KafkaFuture<Set<AclOperation>>> answers = new HashMap<>();
        ids.forEach((id, right) -> answers.put(id, result.description(id).thenApply(_ -> right.operations())));
        note(ids, answers);
    }

    private void note(Map<String, Right> rights, Map<String, KafkaFuture<Set<AclOperation>>> answers)
            throws InterruptedException {
        for (Map.Entry<String, KafkaFuture<Set<AclOperation>>> answer : answers.entrySet()) {
            Right right = rights.get(answer.getKey());
            if (right != null) {
                Set<AclOperation> missing = new HashSet<>(right.operations());
                missing.removeAll(granted(right, answer.getValue()));
                if (!missing.isEmpty()) {
                    denied.add(new Denied(right, missing));
                }
            }
        }
    }

    /// Returns what Kafka grants, as far as it reports it.
    private Set<AclOperation> granted(Right right, KafkaFuture<Set<AclOperation>> answer) throws InterruptedException {
        try {
            @Nullable Set<AclOperation> reported = answer.get(2L * millis, TimeUnit.MILLISECONDS);
            return reported == null || reported.isEmpty() ? right.operations() : reported;
        } catch (ExecutionException e) {
            // Anything else, such as a topic that does not exist, has a check of its own.
            return e.getCause() instanceof AuthorizationException ? Set.of() : right.operations();
        } catch (TimeoutException e) {
            return right.operations();
        }
    }
}
