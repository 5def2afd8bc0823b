package lull.runtime.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lull.contract.topic.KafkaAccess.Right;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.CannotStart;
import lull.runtime.kafka.KafkaRights.Denied;
import lull.runtime.settings.Settings;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/// Creator of topics as defined by the catalogue, which also finds topics of the broker that differ
/// from it.
public final class TopicKeeper implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 30;

    /// How long the first answer of a broker may take, unless `kafka.default.api.timeout.ms` is shorter.
    private static final int REACH_MILLIS = 8_000;

    private static final long AGAIN_MILLIS = 100;

    private static final String RETENTION = "retention.ms";
    private static final String MIN_IN_SYNC = "min.insync.replicas";

    /// The command that creates what is missing.
    public static final String REMEDY = "run `bin/lull topics create`";

    private final KafkaSetup kafka;
    private final Admin admin;
    private final RecordedPartitions record;

    /// Connects to a broker. Throws [CannotStart] within ten seconds, or sooner if `kafka.default.api.timeout.ms` is
    /// shorter, with the address and the cause, if none answers.
    public TopicKeeper(KafkaSetup kafka) throws InterruptedException {
        this.kafka = kafka;
        this.admin = kafka.connectAdmin("lull-topics", Map.of());
        this.record = new RecordedPartitions(kafka, Clock.systemUTC());
        int reach = reachMillis(kafka);
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(reach))
                    .clusterId()
                    .get(reach + 500L, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            admin.close(Duration.ZERO);
            throw cannotUse(e);
        }
    }

    /// Kafka's client has read the property before, and refused it if it is no number.
    private static int reachMillis(KafkaSetup kafka) {
        String shorter = kafka.overrides().get(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
        return shorter == null ? REACH_MILLIS : Math.min(REACH_MILLIS, Integer.parseInt(shorter.strip()));
    }

    /// Layout of new topics.
    ///
    /// @param replicationFactor copies of each partition; -1 leaves it to the broker
    /// @param minInsyncReplicas copies that must have a record before it is acknowledged
    /// @param kind which settings the broker accepts; one that fixes the replicas gets neither number
    public record Layout(int partitions, short replicationFactor, int minInsyncReplicas, BrokerKind kind) {

        /// Creates a layout for a self-managed Kafka.
        public Layout(int partitions, short replicationFactor, int minInsyncReplicas) {
            this(partitions, replicationFactor, minInsyncReplicas, BrokerKind.KAFKA);
        }

        /// Returns the layout in the settings of a process.
        public static Layout of(Settings settings) {
            return new Layout(
                    settings.get(TopicSettings.PARTITIONS),
                    settings.get(TopicSettings.REPLICATION_FACTOR).shortValue(),
                    settings.get(TopicSettings.MIN_INSYNC_REPLICAS),
                    settings.get(TopicSettings.KIND));
        }

        /// Returns the number of partitions with which a topic is created that follows no other.
        public int partitionsOf(Topic topic) {
            return Topics.hasOnePartition(topic) ? 1 : partitions;
        }

        Layout withPartitions(int others) {
            return new Layout(others, replicationFactor, minInsyncReplicas, kind);
        }

        /// Returns the settings with which a topic is created, as far as the kind of Kafka takes them.
        public Map<String, String> config(Topic topic) {
            Map<String, String> config = new LinkedHashMap<>(topic.config());
            config.put(MIN_IN_SYNC, Integer.toString(minInsyncReplicas));
            return kind.taken(config);
        }

        /// Returns the number of replicas to ask for; empty if the broker decides.
        public Optional<Short> replicas() {
            return kind.fixesReplicas() || replicationFactor < 0 ? Optional.empty() : Optional.of(replicationFactor);
        }
    }

    /// Creates those topics that do not exist yet, and returns their names. A topic that follows
    /// another, as a changelog follows its input topic, gets the same number of partitions, also if the
    /// other one already exists with another number. The numbers of partitions are recorded, if they
    /// were not recorded before.
    public List<String> create(Collection<Topic> wanted, Layout layout) throws InterruptedException {
        Set<Topic> topics = withRecord(wanted);
        Set<String> existing = names();
        Map<String, Integer> partitions = partitions(topics, existing);
        List<NewTopic> missing = topics.stream()
                .filter(topic -> !existing.contains(topic.name()))
                .map(topic -> newTopic(
                        topic,
                        layout.withPartitions(Topics.partitionedAs(topic.name())
                                .map(partitions::get)
                                .orElse(layout.partitionsOf(topic)))))
                .toList();
        admin.createTopics(missing).values().forEach((name, done) -> {
            try {
                done.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new CannotStart(
                            "The topic " + name + " cannot be created: "
                                    + KafkaRights.reason(e, AclOperation.CREATE, name),
                            e);
                }
            } catch (InterruptedException | TimeoutException e) {
                throw new CannotStart("The broker did not answer while the topic " + name + " was" + " created", e);
            }
        });
        record(topics);
        return missing.stream().map(NewTopic::name).toList();
    }

    private static List<String> names(Collection<Topic> topics) {
        return topics.stream().map(Topic::name).toList();
    }

    private static Set<Topic> withRecord(Collection<Topic> topics) {
        Set<Topic> all = new LinkedHashSet<>(topics);
        all.add(Topics.TOPIC_LAYOUT);
        return all;
    }

    private void record(Collection<Topic> topics) throws InterruptedException {
        List<Topic> keyed = recorded(topics);
        Set<String> known = record.read(names(keyed)).keySet();
        Map<String, Integer> unknown = new HashMap<>(awaitPartitions(keyed));
        unknown.keySet().removeAll(known);
        record.write(unknown);
    }

    /// A broker may not know a topic for a moment that another broker has just created.
    private Map<String, Integer> awaitPartitions(List<Topic> topics) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (true) {
            try {
                return partitions(topics);
            } catch (CannotStart e) {
                boolean isNew = e.getCause() instanceof ExecutionException cause
                        && cause.getCause() instanceof UnknownTopicOrPartitionException;
                if (!isNew || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                Thread.sleep(AGAIN_MILLIS);
            }
        }
    }

    /// Returns those topics whose number of partitions is recorded: all keyed ones except those that
    /// follow another.
    private static List<Topic> recorded(Collection<Topic> topics) {
        return topics.stream()
                .filter(Topics::isKeyed)
                .filter(topic -> Topics.partitionedAs(topic.name()).isEmpty())
                .toList();
    }

    /// Returns what is wrong with these topics at the broker, in words and with what to do; empty if
    /// nothing is.
    ///
    /// @param layout the settings of partitions and copies
    /// @param rights that the caller needs; only what they permit is checked
    public List<String> check(Collection<Topic> topics, Layout layout, Collection<Right> rights)
            throws InterruptedException {
        Found found = look(topics, rights);
        List<String> problems = new ArrayList<>(found.faults());
        found.configs().forEach((topic, config) -> keptTooShort(topic, config).ifPresent(problems::add));
        Map<String, TopicDescription> described =
                describe(found.configs().keySet().stream().map(Topic::name).toList());
        found.configs().forEach((topic, config) -> {
            TopicDescription description = described.get(topic.name());
            if (description != null) {
                problems.addAll(otherLayout(topic, config, description, layout));
            }
        });
        return problems;
    }

    /// Throws [CannotStart] that names those of these topics that do not exist, and those of these rights
    /// that Kafka denies.
    public void requirePresent(Collection<Topic> topics, Collection<Right> rights) throws InterruptedException {
        Set<String> existing = names();
        List<Denied> denied = KafkaRights.denied(admin, rights, REACH_MILLIS);
        List<String> problems = new ArrayList<>();
        denied.forEach(one -> problems.add(one.words()));
        topics.stream()
                .filter(topic -> !existing.contains(topic.name()))
                .filter(topic -> denied.stream().noneMatch(one -> one.isOfTopic(topic.name())))
                .forEach(topic -> problems.add(missing(topic)));
        if (!problems.isEmpty()) {
            throw CannotStart.because("Kafka is not set up:", problems);
        }
    }

    private static String missing(Topic topic) {
        return "The topic " + topic.name() + " is missing: " + REMEDY;
    }

    /// Returns topics whose layout differs from the settings. This does not prevent a start.
    private static List<String> otherLayout(
            Topic topic, @Nullable Config config, TopicDescription description, Layout layout) {
        List<String> problems = new ArrayList<>();
        int partitions = description.partitions().size();
        // Otherwise the other topic decides, and that one was compared before.
        boolean isAlone = Topics.partitionedAs(topic.name()).isEmpty() && !Topics.hasOnePartition(topic);
        if (isAlone && partitions != layout.partitions()) {
            problems.add("The topic " + topic.name() + " has " + partitions + " partitions, and topics.partitions is "
                    + layout.partitions() + ": correct the setting, or "
                    + (partitions < layout.partitions()
                            ? repartition(topic.name(), layout.partitions())
                            : "create the topic again, because Kafka cannot remove partitions"));
        }
        description.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .filter(copies ->
                        layout.replicas().map(wanted -> copies != wanted).orElse(false))
                .findFirst()
                .ifPresent(copies -> problems.add("The topic " + topic.name() + " has " + copies
                        + " replicas of a partition, and topics.replication.factor is " + layout.replicationFactor()
                        + ": correct the setting, or change the replicas with Kafka's kafka-reassign-partitions"
                        + " tool"));
        ConfigEntry inSync = config == null ? null : config.get(MIN_IN_SYNC);
        if (inSync != null
                && !layout.kind().fixesReplicas()
                && !inSync.value().equals(Integer.toString(layout.minInsyncReplicas()))) {
            problems.add("The topic " + topic.name() + " has " + MIN_IN_SYNC + "=" + inSync.value()
                    + ", and topics." + MIN_IN_SYNC + " is " + layout.minInsyncReplicas()
                    + ": correct the setting, or change the topic with Kafka's kafka-configs tool");
        }
        return problems;
    }

    /// What the broker has of some topics.
    ///
    /// @param configs of those that exist
    /// @param faults with which nothing starts
    private record Found(Map<Topic, @Nullable Config> configs, List<String> faults) {}

    private Found look(Collection<Topic> wanted, Collection<Right> rights) throws InterruptedException {
        Set<Topic> topics = withRecord(wanted);
        Set<String> existing = names();
        List<String> faults = new ArrayList<>();
        List<Denied> denied = KafkaRights.denied(admin, rights, REACH_MILLIS);
        denied.forEach(one -> faults.add(one.words()));
        topics.removeIf(topic -> denied.stream().anyMatch(one -> one.isOfTopic(topic.name())));
        List<Topic> present = new ArrayList<>();
        for (Topic topic : topics) {
            if (existing.contains(topic.name())) {
                present.add(topic);
            } else {
                faults.add(missing(topic));
            }
        }
        Map<String, Config> byName = configs(present);
        Map<Topic, @Nullable Config> configs = new LinkedHashMap<>();
        present.forEach(topic -> configs.put(topic, byName.get(topic.name())));
        configs.forEach((topic, config) -> difference(topic, config).ifPresent(faults::add));
        Map<String, Integer> partitions = partitions(topics, existing);
        present.forEach(topic -> partitioned(topic, partitions).ifPresent(faults::add));
        if (present.contains(Topics.TOPIC_LAYOUT)) {
            faults.addAll(repartitioned(recorded(present)));
        }
        return new Found(configs, faults);
    }

    private static Optional<String> partitioned(Topic topic, Map<String, Integer> partitions) {
        String other = Topics.partitionedAs(topic.name()).orElse("");
        Integer wanted = partitions.get(other);
        Integer has = partitions.get(topic.name());
        if (wanted == null || wanted.equals(has)) {
            return Optional.empty();
        }
        return Optional.of("The topic " + topic.name() + " has " + has + " partitions, but needs the "
                + wanted + " of "
                + other + ": " + repartition(other, wanted));
    }

    private List<String> repartitioned(List<Topic> topics) throws InterruptedException {
        Map<String, Integer> known = record.read(names(topics));
        Map<String, Integer> present = partitions(topics);
        List<String> faults = new ArrayList<>();
        for (Topic topic : topics) {
            Integer before = known.get(topic.name());
            int now = requireNonNull(present.get(topic.name()));
            if (before == null) {
                faults.add("The number of partitions is not recorded for the topic " + topic.name() + ": " + REMEDY);
            } else if (before != now) {
                faults.add("The topic " + topic.name() + " has " + now + " partitions, but was in use with " + before
                        + ", so the messages of one conversation would be in two partitions, out of order: "
                        + repartition(topic.name(), now));
            }
        }
        return faults;
    }

    private static String repartition(String topic, int partitions) {
        return "see \"More partitions\" in docs/upgrading.md, then run `bin/lull topics repartition --topic " + topic
                + " --partitions " + partitions + "`";
    }

    /// Throws [CannotStart] that lists what is wrong with these topics, if anything is. A retention
    /// that is too short does not prevent a start.
    ///
    /// @param rights that the process needs
    public void require(Collection<Topic> topics, Collection<Right> rights) throws InterruptedException {
        List<String> problems = look(topics, rights).faults();
        if (!problems.isEmpty()) {
            throw CannotStart.because("Kafka is not set up:", problems);
        }
    }

    @Override
    public void close() {
        admin.close();
    }

    private static NewTopic newTopic(Topic topic, Layout layout) {
        return new NewTopic(topic.name(), Optional.of(layout.partitions()), layout.replicas())
                .configs(layout.config(topic));
    }

    /// A longer retention is the operator's choice; with a shorter one, duplicates and replays are no
    /// longer detected.
    private static Optional<String> keptTooShort(Topic topic, @Nullable Config config) {
        ConfigEntry entry = config == null ? null : config.get(RETENTION);
        String wanted = topic.config().get(RETENTION);
        if (entry == null || wanted == null) {
            return Optional.empty();
        }
        long kept = Long.parseLong(entry.value());
        return kept < 0 || kept >= Long.parseLong(wanted)
                ? Optional.empty()
                : Optional.of("The topic " + topic.name() + " has " + RETENTION + "=" + kept
                        + ", but should have at least " + wanted + ": change the topic with Kafka's kafka-configs"
                        + " tool");
    }

    /// Compares only what changes Lull's behaviour; larger limits are the operator's choice.
    private static Optional<String> difference(Topic topic, @Nullable Config config) {
        if (config == null) {
            return Optional.of("The broker does not report the settings of the topic " + topic.name());
        }
        String most = "max.message.bytes";
        ConfigEntry mostBytes = config.get(most);
        if (mostBytes != null && Integer.parseInt(mostBytes.value()) < Topic.MAX_MESSAGE_BYTES) {
            return Optional.of("The topic " + topic.name() + " has " + most + "=" + mostBytes.value()
                    + ", but needs at least " + Topic.MAX_MESSAGE_BYTES + ": change the topic with Kafka's"
                    + " kafka-configs tool");
        }
        for (String name : List.of("message.timestamp.type", "cleanup.policy")) {
            String wanted = topic.config().get(name);
            ConfigEntry entry = config.get(name);
            if (entry != null && wanted != null && !wanted.equals(entry.value())) {
                return Optional.of("The topic " + topic.name() + " has " + name + "=" + entry.value() + ", but needs "
                        + wanted + ": change the topic with Kafka's kafka-configs tool");
            }
        }
        return Optional.empty();
    }

    /// Returns the numbers of partitions of the topics that follow others, and of those others, if they
    /// exist.
    private Map<String, Integer> partitions(Collection<Topic> topics, Set<String> existing)
            throws InterruptedException {
        Set<String> wanted = new HashSet<>();
        for (Topic topic : topics) {
            Topics.partitionedAs(topic.name()).ifPresent(other -> wanted.addAll(List.of(topic.name(), other)));
        }
        wanted.retainAll(existing);
        Map<String, Integer> partitions = new HashMap<>();
        describe(wanted)
                .forEach(
                        (name, topic) -> partitions.put(name, topic.partitions().size()));
        return partitions;
    }

    private Map<String, TopicDescription> describe(Collection<String> names) throws InterruptedException {
        Map<String, TopicDescription> described = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                described.put(topic.getKey(), topic.getValue().get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
            } catch (ExecutionException | TimeoutException e) {
                throw new CannotStart(
                        "The broker does not report the partitions of the topic " + topic.getKey() + ": "
                                + KafkaRights.reason(e, AclOperation.DESCRIBE, topic.getKey()),
                        e);
            }
        }
        return described;
    }

    /// Returns the number of partitions of each of these topics; all must exist.
    public Map<String, Integer> partitions(Collection<Topic> topics) throws InterruptedException {
        Map<String, Integer> partitions = new HashMap<>();
        describe(topics.stream().map(Topic::name).toList())
                .forEach(
                        (name, topic) -> partitions.put(name, topic.partitions().size()));
        return partitions;
    }

    /// Returns the cluster's own id. Throws [CannotStart] if the broker does not answer.
    public String clusterId() throws InterruptedException {
        try {
            return admin.describeCluster().clusterId().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw cannotUse(e);
        }
    }

    private Set<String> names() throws InterruptedException {
        try {
            return admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw cannotUse(e);
        }
    }

    private Map<String, Config> configs(List<Topic> topics) throws InterruptedException {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
                .toList();
        Map<String, Config> byName = new LinkedHashMap<>();
        for (Map.Entry<ConfigResource, KafkaFuture<Config>> topic :
                admin.describeConfigs(resources).values().entrySet()) {
            String name = topic.getKey().name();
            try {
                byName.put(name, topic.getValue().get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
            } catch (ExecutionException | TimeoutException e) {
                throw new CannotStart(
                        "The broker does not report the settings of the topic " + name + ": "
                                + KafkaRights.reason(e, AclOperation.DESCRIBE_CONFIGS, name),
                        e);
            }
        }
        return byName;
    }

    private CannotStart cannotUse(Exception e) throws InterruptedException {
        return new CannotStart(KafkaSetup.sentence(BrokerAddresses.of(kafka).problem(e)), e);
    }
}
