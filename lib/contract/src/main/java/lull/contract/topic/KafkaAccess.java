package lull.contract.topic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/// Catalogue of what each process may do on Kafka, and of nothing else. ACLs, IAM policies and
/// docs/acls.md are generated from it, and a test runs the whole system under it.
///
/// READ and WRITE include DESCRIBE, as everywhere in Kafka. An idempotent producer needs no permission
/// of its own.
public enum KafkaAccess {

    /// The process that receives webhooks and requests of applications.
    INGRESS("ingress") {
        @Override
        List<Right> rights(Scope scope) {
            List<Right> rights = new ArrayList<>();
            scope.inputs().forEach(input -> rights.add(write(Topics.input(input))));
            Stream.of(Topics.MESSAGE_STATUS, Topics.ACCOUNT_EVENT, Topics.WEBHOOK_UNPARSED, Topics.CUSTOMER_ALIAS)
                    .map(KafkaAccess::write)
                    .forEach(rights::add);
            // It reads them to say what became of a reply.
            rights.add(readAndWrite(Topics.REPLY_REQUESTED));
            rights.add(read(Topics.REPLY_REQUESTED.deadLetters()));
            rights.add(read(Topics.REPLY_SENT));
            // It reads them so that a repeated request is not performed twice.
            rights.add(readAndWrite(Topics.ACTION_PERFORMED));
            rights.add(read(Topics.ACCOUNT));
            rights.add(read(Topics.TOPIC_LAYOUT));
            return rights;
        }
    },

    /// The process that creates turns.
    AGGREGATOR("aggregator") {
        @Override
        List<Right> rights(Scope scope) {
            List<Right> rights = new ArrayList<>();
            for (String input : scope.inputs()) {
                String application = Topics.applicationId(input);
                rights.add(readAndWrite(Topics.input(input)));
                rights.add(write(Topics.input(input).deadLetters()));
                Topics.STORES.forEach(store -> rights.add(readAndWrite(Topics.changelog(input, store))));
                rights.add(group(application));
                rights.add(new Right(
                        ResourceType.TRANSACTIONAL_ID,
                        application + "-",
                        PatternType.PREFIXED,
                        Set.of(AclOperation.WRITE)));
            }
            scope.outputs().forEach(output -> rights.add(write(Topics.turns(output))));
            rights.add(write(Topics.SETTING_CHANGED));
            rights.add(read(Topics.TOPIC_LAYOUT));
            return rights;
        }
    },

    /// The process that calls Amazon Connect and WhatsApp.
    BRIDGE("bridge") {
        @Override
        List<Right> rights(Scope scope) {
            List<Right> rights = new ArrayList<>();
            Stream.of(
                            Topics.TURN_CLOSED,
                            Topics.APPLICATION_TURN_CLOSED,
                            Topics.MESSAGE_STATUS,
                            Topics.ACCOUNT_EVENT,
                            Topics.CUSTOMER_ALIAS,
                            Topics.TOPIC_LAYOUT)
                    .map(KafkaAccess::read)
                    .forEach(rights::add);
            Stream.of(
                            Topics.ACCOUNT,
                            Topics.CHAT,
                            Topics.CHAT_EVENT,
                            Topics.CONNECT_MESSAGE_SENT,
                            Topics.CONVERSATION_BEGUN,
                            Topics.REPLY_REQUESTED,
                            Topics.REPLY_SENT)
                    .map(KafkaAccess::readAndWrite)
                    .forEach(rights::add);
            Stream.of(Topics.CONNECT_MESSAGE_SENT, Topics.MESSAGE_STATUS, Topics.ACCOUNT_EVENT)
                    .map(topic -> write(topic.deadLetters()))
                    .forEach(rights::add);
            // It notifies agents of dead letters, also of those of other processes.
            Stream.of(Topics.TURN_CLOSED, Topics.CHAT_EVENT, Topics.REPLY_REQUESTED)
                    .map(topic -> readAndWrite(topic.deadLetters()))
                    .forEach(rights::add);
            rights.add(read(Topics.APPLICATION_TURN_CLOSED.deadLetters()));
            scope.inputs().forEach(input -> rights.add(read(Topics.input(input).deadLetters())));
            Stream.of(ConsumerGroup.values())
                    .filter(ConsumerGroup::isOfBridge)
                    .forEach(group -> rights.add(group(group.id())));
            return rights;
        }
    },

    /// The process that gives turns to applications.
    APPLICATIONS("applications") {
        @Override
        List<Right> rights(Scope scope) {
            List<Right> rights = new ArrayList<>(List.of(
                    read(Topics.APPLICATION_TURN_CLOSED),
                    read(Topics.CHAT),
                    // It shows people in Chatwoot what became of their replies.
                    read(Topics.REPLY_SENT),
                    read(Topics.TOPIC_LAYOUT),
                    readAndWrite(Topics.APPLICATION_TURN_HANDLED),
                    write(Topics.TURN_CLOSED),
                    write(Topics.REPLY_REQUESTED),
                    write(Topics.APPLICATION_TURN_CLOSED.deadLetters()),
                    group(ConsumerGroup.TURN_TO_APPLICATION.id()),
                    group(ConsumerGroup.OUTCOME_TO_CHATWOOT.id())));
            if (scope.outputs().contains(Topics.APPLICATION_TURN_EXPECTED.name())) {
                rights.add(read(Topics.APPLICATION_TURN_EXPECTED));
            }
            return rights;
        }
    },

    /// The process that archives the topics.
    ARCHIVE("archive") {
        @Override
        List<Right> rights(Scope scope) {
            List<Right> rights = new ArrayList<>();
            scope.topics().stream()
                    .filter(topic -> !isChangelog(topic, scope))
                    // They become turns, or nothing.
                    .filter(topic -> !isExpected(topic))
                    .map(KafkaAccess::read)
                    .forEach(rights::add);
            rights.add(group(ARCHIVE_GROUP));
            return rights;
        }
    },

    /// The command `bin/lull topics create` and `bin/lull topics check`.
    TOPICS("topics") {
        @Override
        List<Right> rights(Scope scope) {
            List<Right> rights = new ArrayList<>();
            for (Topic topic : scope.topics()) {
                rights.add(
                        topic.equals(Topics.TOPIC_LAYOUT)
                                ? LAYOUT_KEEPER
                                : on(topic, AclOperation.CREATE, AclOperation.DESCRIBE));
            }
            return rights;
        }
    },

    /// The command `bin/lull doctor`. It writes and reads replies and statuses only with `--to`.
    DOCTOR("doctor") {
        @Override
        List<Right> rights(Scope scope) {
            List<Right> rights = new ArrayList<>();
            for (Topic topic : scope.topics()) {
                if (List.of(Topics.TOPIC_LAYOUT, Topics.REPLY_SENT, Topics.MESSAGE_STATUS)
                        .contains(topic)) {
                    rights.add(read(topic));
                } else {
                    rights.add(topic.equals(Topics.REPLY_REQUESTED) ? write(topic) : on(topic, AclOperation.DESCRIBE));
                }
            }
            scope.groups().forEach(group -> rights.add(describe(group)));
            return rights;
        }
    },

    /// The command `bin/lull dlq`.
    DEAD_LETTERS("dlq") {
        @Override
        List<Right> rights(Scope scope) {
            List<Right> rights = new ArrayList<>();
            Map<String, Topic> topics = new HashMap<>();
            scope.topics().forEach(topic -> topics.put(topic.name(), topic));
            for (Topic topic : scope.topics()) {
                Topic letters = topics.get(topic.deadLetters().name());
                if (letters != null) {
                    rights.add(only(letters, AclOperation.READ));
                    rights.add(only(topic, AclOperation.WRITE));
                }
            }
            rights.add(only(Topics.DEAD_LETTER_HANDLED, AclOperation.READ, AclOperation.WRITE));
            rights.add(new Right(
                    ResourceType.TRANSACTIONAL_ID, "lull-dlq", PatternType.LITERAL, Set.of(AclOperation.WRITE)));
            return rights;
        }
    },

    /// The command `bin/lull erase`. With `--dry-run` it only reads.
    ERASE("erase") {
        @Override
        List<Right> rights(Scope scope) {
            List<Right> rights = new ArrayList<>();
            for (Topic topic : scope.topics()) {
                boolean isWritten = scope.inputs().contains(topic.name())
                        || List.of(
                                        Topics.CHAT,
                                        Topics.CHAT_EVENT,
                                        Topics.CUSTOMER_ALIAS,
                                        Topics.ACCOUNT,
                                        Topics.CONVERSATION_BEGUN)
                                .contains(topic);
                // It has no customers.
                if (!topic.equals(Topics.TOPIC_LAYOUT)) {
                    rights.add(
                            isWritten
                                    ? only(topic, AclOperation.READ, AclOperation.WRITE)
                                    : only(topic, AclOperation.READ));
                }
            }
            return rights;
        }
    },

    /// The command `bin/lull topics repartition`.
    REPARTITION("repartition") {
        @Override
        List<Right> rights(Scope scope) {
            List<Right> rights = new ArrayList<>();
            for (Topic topic : scope.topics()) {
                if (Topics.isKeyed(topic)) {
                    rights.add(
                            isRead(topic, scope)
                                    ? only(topic, AclOperation.ALTER, AclOperation.READ)
                                    : only(topic, AclOperation.ALTER));
                }
            }
            rights.add(only(Topics.TOPIC_LAYOUT, AclOperation.WRITE));
            scope.groups().forEach(group -> rights.add(describe(group)));
            return rights;
        }
    };

    /// The consumer group of the archive.
    public static final String ARCHIVE_GROUP = "lull-archive";

    private static final Right LAYOUT_KEEPER =
            on(Topics.TOPIC_LAYOUT, AclOperation.CREATE, AclOperation.READ, AclOperation.WRITE);

    private final String word;

    KafkaAccess(String word) {
        this.word = word;
    }

    /// A permission of a process.
    ///
    /// @param name of the resource, or its prefix
    public record Right(ResourceType type, String name, PatternType pattern, Set<AclOperation> operations) {
        public Right {
            operations = Set.copyOf(EnumSet.copyOf(operations));
        }

        /// The operations as docs/acls.md spells them, such as `DescribeConfigs`, in that order.
        public List<String> words() {
            return sorted().stream().map(KafkaAccess::word).toList();
        }

        /// Returns the permission for those of its operations that are among others; empty if none is.
        ///
        /// @param others the operations to keep
        public Optional<Right> only(Set<AclOperation> others) {
            Set<AclOperation> kept =
                    operations.stream().filter(others::contains).collect(Collectors.toSet());
            return kept.isEmpty() ? Optional.empty() : Optional.of(new Right(type, name, pattern, kept));
        }

        /// The operations in the order of their names.
        public List<AclOperation> sorted() {
            return operations.stream()
                    .sorted(Comparator.comparing(AclOperation::name))
                    .toList();
        }
    }

    /// The topics of an installation.
    ///
    /// @param inputs input topics
    /// @param outputs topics to which turns are written
    public record Scope(List<String> inputs, List<String> outputs) {
        public Scope {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }

        /// Returns all topics, each once.
        List<Topic> topics() {
            List<Topic> topics = new ArrayList<>(Topics.all(inputs));
            Set<String> named = topics.stream().map(Topic::name).collect(Collectors.toSet());
            outputs.stream()
                    .map(Topics::turns)
                    .filter(turns -> !named.contains(turns.name()))
                    // Turns that are only expected have no dead letters.
                    .flatMap(turns -> isExpected(turns) ? Stream.of(turns) : Stream.of(turns, turns.deadLetters()))
                    .forEach(topics::add);
            return topics;
        }

        /// Returns the ids of all consumer groups.
        List<String> groups() {
            return Stream.concat(
                            inputs.stream().map(Topics::applicationId),
                            Stream.of(ConsumerGroup.values()).map(ConsumerGroup::id))
                    .toList();
        }
    }

    /// The name of the process, as in its command.
    public String word() {
        return word;
    }

    /// Returns the permissions that the process needs and has.
    public List<Right> of(Scope scope) {
        return List.copyOf(rights(scope));
    }

    /// Returns the permissions that the process needs if it uses only these topics and groups.
    ///
    /// @param topics those that it uses with its settings, besides [Topics#TOPIC_LAYOUT]
    /// @param groups the ids of those that it uses
    public List<Right> of(Scope scope, Collection<Topic> topics, Collection<String> groups) {
        Set<String> names = topics.stream().map(Topic::name).collect(Collectors.toSet());
        names.add(Topics.TOPIC_LAYOUT.name());
        return rights(scope).stream()
                .filter(right -> switch (right.type()) {
                    case TOPIC -> names.contains(right.name());
                    case GROUP -> groups.contains(right.name());
                    default -> true;
                })
                .toList();
    }

    /// Returns the spelling of an operation in kafka-acls.sh and in Strimzi's resources, such as
    /// `DescribeConfigs`.
    public static String word(AclOperation operation) {
        return Arrays.stream(operation.name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    abstract List<Right> rights(Scope scope);

    /// Whether a repartitioning reads a topic: it counts what is still to be read, what is open, and
    /// what a compacted topic keeps.
    private static boolean isRead(Topic topic, Scope scope) {
        boolean isOfGroup = scope.inputs().contains(topic.name())
                || Stream.of(ConsumerGroup.values())
                        .anyMatch(group -> group.topics(scope.inputs()).contains(topic));
        boolean isCompacted = topic.kept() instanceof Topic.Kept.LatestOfEachKey
                && Topics.partitionedAs(topic.name()).isEmpty();
        return isOfGroup
                || isCompacted
                || scope.inputs().stream().anyMatch(input -> topic.equals(Topics.changelog(input, Topics.OPEN_TURNS)));
    }

    private static boolean isExpected(Topic topic) {
        return topic.name().equals(Topics.APPLICATION_TURN_EXPECTED.name());
    }

    private static boolean isChangelog(Topic topic, Scope scope) {
        return scope.inputs().stream().anyMatch(input -> topic.name().startsWith(Topics.applicationId(input) + "-"));
    }

    private static Right read(Topic topic) {
        return on(topic, AclOperation.READ);
    }

    private static Right write(Topic topic) {
        return on(topic, AclOperation.WRITE);
    }

    private static Right readAndWrite(Topic topic) {
        return on(topic, AclOperation.READ, AclOperation.WRITE);
    }

    /// Includes the permission to compare the topic's configuration with the catalogue, as every
    /// process does at its start.
    private static Right on(Topic topic, AclOperation... operations) {
        EnumSet<AclOperation> all = EnumSet.of(AclOperation.DESCRIBE_CONFIGS, operations);
        return new Right(ResourceType.TOPIC, topic.name(), PatternType.LITERAL, all);
    }

    /// Without the permission to compare the topic's configuration.
    private static Right only(Topic topic, AclOperation... operations) {
        return new Right(ResourceType.TOPIC, topic.name(), PatternType.LITERAL, Set.of(operations));
    }

    private static Right describe(String group) {
        return new Right(ResourceType.GROUP, group, PatternType.LITERAL, Set.of(AclOperation.DESCRIBE));
    }

    private static Right group(String name) {
        return new Right(ResourceType.GROUP, name, PatternType.LITERAL, Set.of(AclOperation.READ));
    }
}
