package lull.cli;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import lull.applications.ApplicationsService;
import lull.bridge.BridgeService;
import lull.contract.topic.ConsumerGroup;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.CheckResult;
import lull.runtime.kafka.KafkaRights;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.settings.Settings;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/// Check of the consumer groups of aggregator, bridge and applications: whether each has members, and its lag.
final class GroupCheck {

    private static final long LIMIT_SECONDS = 10;

    private final Settings settings;
    private final Set<String> hosts = new TreeSet<>();

    GroupCheck(Settings settings) {
        this.settings = settings;
    }

    /// Returns the hosts of the members that were found.
    Set<String> hosts() {
        return hosts;
    }

    List<CheckResult> findings(KafkaSetup kafka) throws InterruptedException {
        List<CheckResult> findings = new ArrayList<>();
        try (Admin admin = kafka.connectAdmin("lull-doctor", Map.of())) {
            for (Map.Entry<String, List<String>> group : groups(settings).entrySet()) {
                findings.addAll(CheckResult.of(
                        about(group.getKey()), () -> List.of(finding(admin, group.getKey(), group.getValue()))));
            }
        }
        return findings;
    }

    /// Returns the topics that each group of an installation reads.
    static Map<String, List<String>> groups(Settings settings) {
        List<String> inputs = settings.get(TopicSettings.INPUTS);
        Map<String, List<String>> groups = new LinkedHashMap<>();
        inputs.forEach(input -> groups.put(Topics.applicationId(input), List.of(input)));
        BridgeService.groups(settings).forEach((group, topics) -> groups.put(group, names(topics)));
        ApplicationsService.groups(settings).forEach((group, topics) -> groups.put(group, names(topics)));
        return groups;
    }

    private static List<String> names(List<Topic> topics) {
        return topics.stream().map(Topic::name).toList();
    }

    private static String about(String group) {
        if (group.equals(ConsumerGroup.TURN_TO_APPLICATION.id())
                || group.equals(ConsumerGroup.OUTCOME_TO_CHATWOOT.id())) {
            return "applications";
        }
        return group.startsWith(Topics.applicationId("")) ? "aggregator" : "bridge";
    }

    private CheckResult finding(Admin admin, String group, List<String> topics) throws InterruptedException {
        String about = about(group);
        try {
            ConsumerGroupDescription described = requireNonNull(admin.describeConsumerGroups(List.of(group))
                            .describedGroups()
                            .get(group))
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
            described.members().forEach(member -> hosts.add(member.host().replaceFirst("^/", "")));
            long lag = lag(admin, group, topics);
            return finding(about, group, topics, described, lag);
        } catch (ExecutionException e) {
            return e.getCause() instanceof GroupIdNotFoundException
                    ? nobody(about, group, topics)
                    : CheckResult.unknown(
                            about,
                            "The group " + group + " cannot be checked: "
                                    + (e.getCause() instanceof TopicAuthorizationException
                                            ? KafkaRights.reason(e, AclOperation.DESCRIBE, String.join(", ", topics))
                                            : KafkaRights.reasonOfGroup(e, AclOperation.DESCRIBE, group)));
        } catch (TimeoutException e) {
            return CheckResult.unknown(about, "The group " + group + " cannot be checked: no answer in time");
        }
    }

    private CheckResult finding(
            String about, String group, List<String> topics, ConsumerGroupDescription described, long lag) {
        if (described.members().isEmpty()) {
            return nobody(about, group, topics);
        }
        int members = described.members().size();
        String words = group + " has " + members + (members == 1 ? " member" : " members") + " and a lag of " + lag
                + (lag == 1 ? " record" : " records");
        if (lag > settings.get(DoctorSettings.MAX_LAG)) {
            return CheckResult.wrong(
                    about,
                    words + ", more than doctor.max.lag (" + settings.get(DoctorSettings.MAX_LAG)
                            + "): see /readyz and the log of its processes, or start more of them");
        }
        return described.groupState() == GroupState.STABLE
                ? CheckResult.well(about, words)
                : CheckResult.unknown(about, words + "; a rebalance is in progress");
    }

    private static CheckResult nobody(String about, String group, List<String> topics) {
        return CheckResult.wrong(
                about,
                group + " has no members, so nothing reads " + String.join(", ", topics) + ": start `bin/lull " + about
                        + "`");
    }

    /// Returns the number of records of topics that the group has not committed yet.
    private static long lag(Admin admin, String group, List<String> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<TopicPartition> partitions =
                admin.describeTopics(topics).allTopicNames().get(LIMIT_SECONDS, TimeUnit.SECONDS).values().stream()
                        .flatMap(described -> described.partitions().stream()
                                .map(partition -> new TopicPartition(described.name(), partition.partition())))
                        .collect(Collectors.toSet());
        Map<TopicPartition, Long> first = offsets(admin, partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> end = offsets(admin, partitions, OffsetSpec.latest());
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        return partitions.stream()
                .mapToLong(partition -> {
                    OffsetAndMetadata commit = committed.get(partition);
                    long reached = commit == null ? 0 : commit.offset();
                    long from = Math.max(reached, first.getOrDefault(partition, 0L));
                    return Math.max(0, end.getOrDefault(partition, 0L) - from);
                })
                .sum();
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, Set<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(partition -> partition, _ -> which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listOffsets(asked)
                .all()
                .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }
}
