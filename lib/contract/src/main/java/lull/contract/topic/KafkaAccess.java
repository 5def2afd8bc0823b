package lull.contract.topic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
            Stream.of(
                            Topics.MESSAGE_STATUS,
                            Topics.ACCOUNT_EVENT,
                            Topics.WEBHOOK_UNPARSED,
                            Topics.CUSTOMER_ALIAS,
                            Topics.REPLY_REQUESTED)
                    .map(KafkaAccess::write)
                    .forEach(rights::add);
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
                            Topics.MESSAGE_STATUS,
                            Topics.ACCOUNT_EVENT,
                            Topics.CUSTOMER_ALIAS,
                            Topics.TOPIC_LAYOUT)
                    .map(KafkaAccess::read)
                    .forEach(rights::add);
            Stream.of(
                            Topics.CHAT,
                            Topics.CHAT_EVENT,
                            Topics.CONNECT_MESSAGE_SENT,
                            Topics.REPLY_REQUESTED,
                            Topics.REPLY_SENT)
                    .map(KafkaAccess::readAndWrite)
                    .forEach(rights::add);
            Stream.of(
                            Topics.TURN_CLOSED,
                            Topics.CHAT_EVENT,
                            Topics.CONNECT_MESSAGE_SENT,
                            Topics.REPLY_REQUESTED,
                            Topics.MESSAGE_STATUS,
                            Topics.ACCOUNT_EVENT)
                    .map(topic -> write(topic.deadLetters()))
                    .forEach(rights::add);
            for (ConsumerGroup group : ConsumerGroup.values()) {
                rights.add(group(group.id()));
            }
            return rights;
        }
    },

    /// The command `bin/lull topics create` and `bin/lull topics check`.
    TOPICS("topics") {
        @Override
        List<Right> rights(Scope scope) {
            List<Right> rights = new ArrayList<>();
            for (Topic topic : Topics.all(scope.inputs())) {
                rights.add(
                        topic.equals(Topics.TOPIC_LAYOUT)
                                ? LAYOUT_KEEPER
                                : on(topic, AclOperation.CREATE, AclOperation.DESCRIBE));
            }
            scope.outputs().stream()
                    .map(Topics::turns)
                    .filter(turns -> !turns.name().equals(Topics.TURN_CLOSED.name()))
                    .flatMap(turns -> Stream.of(turns, turns.deadLetters()))
                    .forEach(topic -> rights.add(on(topic, AclOperation.CREATE, AclOperation.DESCRIBE)));
            return rights;
        }
    };

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
    }

    /// The name of the process, as in its command.
    public String word() {
        return word;
    }

    /// Returns the permissions that the process needs and has.
    public List<Right> of(Scope scope) {
        return List.copyOf(rights(scope));
    }

    abstract List<Right> rights(Scope scope);

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

    private static Right group(String name) {
        return new Right(ResourceType.GROUP, name, PatternType.LITERAL, Set.of(AclOperation.READ));
    }
}
