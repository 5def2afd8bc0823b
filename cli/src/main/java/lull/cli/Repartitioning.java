package lull.cli;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import lull.aggregator.stream.TurnTopology;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Answer;
import lull.contract.message.Erasure;
import lull.contract.message.GapModelSetting;
import lull.contract.message.GapRuleSetting;
import lull.contract.message.GapSetting;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.RouteSetting;
import lull.contract.message.Tick;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.CannotStart;
import lull.runtime.kafka.KafkaRights;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.RecordedPartitions;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.kafka.TopicScan;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.settings.Settings;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/// Procedure that adds partitions to a topic, in an order in which no key is ever in two lanes: it
/// checks that no service runs and that everything was read, adds partitions to the topic and to those
/// that follow it, and then records the new number, without which no service starts. If it stops
/// half-way, it is run again.
final class Repartitioning implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Set<String> WRITTEN_BY_THE_INGRESS =
            Set.of(Topics.REPLY_REQUESTED.name(), Topics.ACCOUNT_EVENT.name(), Topics.CUSTOMER_ALIAS.name());

    private final Settings settings;
    private final KafkaSetup kafka;
    private final RecordedPartitions record;
    private final Consumer<String> progress;
    private final TopicKeeper keeper;
    private final Admin admin;

    Repartitioning(Settings settings, KafkaSetup kafka, Clock clock, Consumer<String> progress)
            throws InterruptedException {
        this.settings = settings;
        this.kafka = kafka;
        this.record = new RecordedPartitions(kafka, clock);
        this.progress = progress;
        this.keeper = new TopicKeeper(kafka);
        this.admin = kafka.connectAdmin("lull-repartition", Map.of());
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        keeper.close();
    }

    /// Result of a run.
    ///
    /// @param isDone whether the topic has the partitions, and their number is recorded
    /// @param running why it was not begun: services that run, in words
    /// @param unread what is still to be read, in words
    /// @param added the partitions that were added to each topic
    /// @param notes what else an operator must know or do, in words
    record Result(
            String topic,
            int partitions,
            boolean isDone,
            List<String> running,
            List<String> unread,
            Map<String, List<Integer>> added,
            List<String> notes) {}

    /// Increases a topic to a number of partitions.
    ///
    /// @param undrained whether to continue with records that are still to be read, if it has the
    ///     number of partitions already
    Result run(String name, int partitions, boolean undrained) throws InterruptedException {
        List<String> notes = new ArrayList<>();
        List<Topic> family = family(name);
        Topic topic = family.getFirst();
        List<Topic> needed = new ArrayList<>(family);
        needed.add(Topics.TOPIC_LAYOUT);
        // Without one of them it would stop half-way.
        keeper.requirePresent(
                needed,
                TopicSettings.checked(
                        settings,
                        KafkaAccess.REPARTITION.of(
                                InstallationTopics.access(settings),
                                family,
                                GroupCheck.groups(settings).keySet())));
        Map<String, Integer> present = keeper.partitions(family);
        int most = family.stream()
                .mapToInt(one -> requireNonNull(present.get(one.name())))
                .max()
                .orElseThrow();
        if (partitions < most) {
            throw new CannotStart("The topic " + name + ", or one that must have the same number of"
                    + " partitions, has " + most
                    + " partitions: Kafka cannot remove partitions");
        }
        List<String> running = running();
        if (!running.isEmpty()) {
            running.forEach(progress);
            note("Stop all of Lull's services first: see \"More partitions\" in docs/upgrading.md.", notes);
            return new Result(name, partitions, false, running, List.of(), Map.of(), notes);
        }
        List<String> unread = unread(family);
        unread.forEach(progress);
        boolean isDone = requireNonNull(present.get(name)) == partitions;
        if (!unread.isEmpty() && undrained && !isDone) {
            note(
                    "Nothing was changed. --undrained is for partitions that were added by other means: " + name
                            + " has " + present.get(name) + ".",
                    notes);
            return new Result(name, partitions, false, running, unread, Map.of(), notes);
        }
        if (!unread.isEmpty() && !undrained) {
            note(
                    "Nothing was changed. Start all services except the ingress again, and wait until everything is"
                            + " read: see \"More partitions\" in docs/upgrading.md.",
                    notes);
            return new Result(name, partitions, false, running, unread, Map.of(), notes);
        }
        if (WRITTEN_BY_THE_INGRESS.contains(name)
                || settings.get(TopicSettings.INPUTS).contains(name)) {
            note(
                    "Kafka does not know whether an ingress runs: make sure that none runs until this is finished.",
                    notes);
        }
        Map<String, List<Integer>> added = add(family, present, partitions);
        record.write(Map.of(name, partitions));
        note(
                name + " has " + partitions + " partitions, and this number is recorded. If it applies to all"
                        + " topics, set topics.partitions to it. Then start the services.",
                notes);
        after(topic).ifPresent(words -> note(words, notes));
        return new Result(name, partitions, true, running, unread, added, notes);
    }

    private void note(String words, List<String> notes) {
        progress.accept(words);
        notes.add(words);
    }

    /// Returns the topic and those that have the same number of partitions.
    private List<Topic> family(String name) {
        List<Topic> all = InstallationTopics.of(settings);
        Topic topic = all.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CannotStart(
                        "This installation has no topic " + name + ": `bin/lull topics check` lists its topics"));
        Topics.partitionedAs(name).ifPresent(other -> {
            throw new CannotStart("The topic " + name + " must have as many partitions as " + other
                    + ": add partitions to that one, and this one gets them too");
        });
        if (Topics.hasOnePartition(topic)) {
            throw new CannotStart(
                    "The topic " + name + " has one partition and needs no more: every process reads all of"
                            + " it, in the order of its records");
        }
        if (!Topics.isKeyed(topic)) {
            throw new CannotStart("Nothing depends on the number of partitions of " + name
                    + ": add some with Kafka's kafka-topics tool at any time");
        }
        List<Topic> family = new ArrayList<>(List.of(topic));
        all.stream()
                .filter(one ->
                        Topics.partitionedAs(one.name()).filter(name::equals).isPresent())
                .forEach(family::add);
        return family;
    }

    /// Returns Lull's consumer groups that have members, in words.
    private List<String> running() throws InterruptedException {
        List<String> running = new ArrayList<>();
        for (String group : GroupCheck.groups(settings).keySet()) {
            try {
                ConsumerGroupDescription described = requireNonNull(admin.describeConsumerGroups(List.of(group))
                                .describedGroups()
                                .get(group))
                        .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
                if (!described.members().isEmpty()) {
                    running.add("The group " + group + " has "
                            + described.members().size() + " members: a service that uses it runs.");
                }
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                    throw unanswered("for the group " + group, e, group);
                }
            } catch (TimeoutException e) {
                throw unanswered("for the group " + group, e, group);
            }
        }
        return running;
    }

    /// Returns what is still to be read of these topics, in words.
    private List<String> unread(List<Topic> family) throws InterruptedException {
        List<String> unread = new ArrayList<>();
        Set<String> names = new HashSet<>();
        family.forEach(topic -> names.add(topic.name()));
        for (Map.Entry<String, List<String>> group : GroupCheck.groups(settings).entrySet()) {
            for (String topic :
                    group.getValue().stream().filter(names::contains).toList()) {
                long count = count(topic, committed(group.getKey(), topic), Repartitioning::isWork);
                if (count > 0) {
                    unread.add(group.getKey() + " still has to read " + count + " records of " + topic + ".");
                }
            }
        }
        Topic topic = family.getFirst();
        if (settings.get(TopicSettings.INPUTS).contains(topic.name())) {
            int open =
                    openTurns(Topics.changelog(topic.name(), Topics.OPEN_TURNS).name());
            if (open > 0) {
                unread.add(open + " turns of " + topic.name() + " are still open.");
            }
        } else if (topic.kept() instanceof Topic.Kept.LatestOfEachKey) {
            long count = count(topic.name(), Map.of(), _ -> true);
            if (count > 0) {
                throw new CannotStart("The topic " + topic.name() + " keeps " + count
                        + " records, which would stay in their old partitions and be treated as newer than they"
                        + " are. Each bridge reads the whole topic, so more partitions do not help. See"
                        + " \"More partitions\" in docs/upgrading.md for how to create it again");
            }
        }
        return unread;
    }

    private static boolean isWork(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null
                    || switch (Json.read(record.value(), InputRecord.class)) {
                        case Message _,
                                GapSetting _,
                                GapRuleSetting _,
                                GapModelSetting _,
                                RouteSetting _,
                                Answer _,
                                Erasure _ -> true;
                        // It says only that time has passed.
                        case Tick _ -> false;
                    };
        } catch (UnreadableJson e) {
            return true;
        }
    }

    private Map<TopicPartition, Long> committed(String group, String topic) throws InterruptedException {
        try {
            Map<TopicPartition, Long> committed = new HashMap<>();
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            offsets.forEach((partition, offset) -> {
                if (offset != null && partition.topic().equals(topic)) {
                    committed.put(partition, offset.offset());
                }
            });
            return committed;
        } catch (ExecutionException | TimeoutException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw unanswered("for what the group " + group + " has read", e, group);
        }
    }

    private long count(
            String topic, Map<TopicPartition, Long> from, Predicate<ConsumerRecord<byte[], byte[]>> counted) {
        long[] count = {0};
        read(topic, from, record -> {
            if (counted.test(record)) {
                count[0]++;
            }
        });
        return count[0];
    }

    private int openTurns(String changelog) {
        Map<String, Boolean> open = new LinkedHashMap<>();
        read(changelog, Map.of(), record -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (TurnTopology.isTurn(key)) {
                open.put(record.partition() + "/" + key, record.value() != null);
            }
        });
        return (int) open.values().stream().filter(isOpen -> isOpen).count();
    }

    private void read(String topic, Map<TopicPartition, Long> from, TopicScan.Sink sink) {
        TopicScan.read(kafka, "lull-repartition", topic, from, sink);
    }

    private Map<String, List<Integer>> add(List<Topic> family, Map<String, Integer> present, int partitions)
            throws InterruptedException {
        Map<String, NewPartitions> more = new LinkedHashMap<>();
        for (Topic topic : family) {
            if (requireNonNull(present.get(topic.name())) < partitions) {
                more.put(topic.name(), NewPartitions.increaseTo(partitions));
            }
        }
        for (Map.Entry<String, KafkaFuture<Void>> added :
                admin.createPartitions(more).values().entrySet()) {
            try {
                added.getValue().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new CannotStart(
                        "No partitions could be added to " + added.getKey() + ": "
                                + KafkaRights.reason(e, AclOperation.ALTER, added.getKey()),
                        e);
            }
        }
        Map<String, List<Integer>> numbers = new LinkedHashMap<>();
        for (String name : more.keySet()) {
            List<Integer> ofTopic = IntStream.range(requireNonNull(present.get(name)), partitions)
                    .boxed()
                    .toList();
            progress.accept("added partitions " + ofTopic + " to " + name);
            numbers.put(name, ofTopic);
        }
        return numbers;
    }

    /// Returns what remains to be done, in words.
    private Optional<String> after(Topic topic) {
        if (settings.get(TopicSettings.INPUTS).contains(topic.name())) {
            return Optional.of(
                    "Gaps, policies and models that were set while the aggregator ran apply to the old partitions only:"
                            + " set them again with `bin/lull gap set`. Messages that Meta redelivers after this change may be"
                            + " handled twice.");
        } else if (topic.equals(Topics.CHAT_EVENT)) {
            return Optional.of(
                    "Start the bridges with transcript.look.back=false for as long as transcript.reach: the new"
                            + " partitions do not know which events were handled before, so these would be sent to"
                            + " the customers again.");
        } else if (topic.equals(Topics.REPLY_REQUESTED)) {
            return Optional.of(
                    "Statuses of replies that were sent before may not find their reply anymore; they are counted.");
        }
        return Optional.empty();
    }

    private static CannotStart unanswered(String what, Exception e, String group) {
        return new CannotStart(
                "The broker could not be called " + what + ": "
                        + KafkaRights.reasonOfGroup(e, AclOperation.DESCRIBE, group),
                e);
    }
}
