package lull.lanes.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class CountingAssignorTest {

    private static final String TOPIC = "turns";
    private static final Node NODE = new Node(1, "localhost", 9092);

    private final List<Integer> told = new ArrayList<>();
    private final CountingAssignor assignor = new CountingAssignor();

    CountingAssignorTest() {
        assignor.configure(Map.of(CountingAssignor.LISTENER, (CountingAssignor.Listener) told::add));
    }

    @Test
    void tellsEveryMemberHowManyTheyAreAlsoOneWithoutPartitions() {
        Map<String, Assignment> assignments = assigned(assignor, 3);

        assertThat(assignments).hasSize(3);
        assertThat(assignments.values())
                .anySatisfy(assignment -> assertThat(assignment.partitions()).isEmpty());
        assignments.values().forEach(this::isAssigned);
        assertThat(told).containsExactly(3, 3, 3);
    }

    @Test
    void assignsAsTheAssignorOfKafka() {
        Map<String, Assignment> counted = assigned(assignor, 2);
        Map<String, Assignment> plain = assigned(new CooperativeStickyAssignor(), 2);

        assertThat(assignor.name()).isEqualTo(new CooperativeStickyAssignor().name());
        assertThat(assignor.supportedProtocols()).isEqualTo(new CooperativeStickyAssignor().supportedProtocols());
        assertThat(partitions(counted)).isEqualTo(partitions(plain));
    }

    @Test
    void theNumberIsNotKnownFromALeaderOfAnotherClass() {
        assigned(new CooperativeStickyAssignor(), 2).values().forEach(this::isAssigned);
        isAssigned(new Assignment(List.of(), ByteBuffer.wrap(new byte[8])));
        isAssigned(new Assignment(List.of(), ByteBuffer.wrap(new byte[3])));

        assertThat(told).isEmpty();
    }

    @Test
    void theLargestGroupSaysHowManyProcessesThereAre() {
        ProcessCount processes = new ProcessCount(told::add);

        processes.heard("turns", 2);
        processes.heard("replies", 1);
        processes.heard("replies", 3);
        processes.heard("turns", 3);
        processes.heard("replies", 2);
        processes.heard("turns", 2);

        assertThat(told).containsExactly(2, 2, 3, 3, 3, 2);
    }

    @SuppressWarnings("removal") // There is no other way to create the metadata of a group.
    private void isAssigned(Assignment assignment) {
        assignor.onAssignment(assignment, new ConsumerGroupMetadata("group", 1, "member", Optional.empty()));
    }

    private static Map<String, List<TopicPartition>> partitions(Map<String, Assignment> assignments) {
        return assignments.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().partitions()));
    }

    /// Two partitions, for more or fewer members.
    private static Map<String, Assignment> assigned(CooperativeStickyAssignor by, int members) {
        Map<String, Subscription> subscriptions = new HashMap<>();
        IntStream.range(0, members)
                .forEach(member -> subscriptions.put(
                        "member " + member,
                        new Subscription(
                                List.of(TOPIC), by.subscriptionUserData(Set.of(TOPIC)), List.<TopicPartition>of())));
        return by.assign(cluster(), new GroupSubscription(subscriptions)).groupAssignment();
    }

    private static Cluster cluster() {
        Node[] nodes = {NODE};
        return new Cluster(
                "cluster",
                List.of(NODE),
                IntStream.range(0, 2)
                        .mapToObj(partition -> new PartitionInfo(TOPIC, partition, NODE, nodes, nodes))
                        .toList(),
                Set.of(),
                Set.of());
    }
}
