package lull.lanes.flow;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;
import org.jspecify.annotations.Nullable;

/// [CooperativeStickyAssignor] whose leader also tells all members of the group how many they are. Its name
/// in the protocol is the same, so groups may have members of both; a leader of the other class tells
/// nothing. Kafka's consumer creates it, and calls it on the thread that polls.
public final class CountingAssignor extends CooperativeStickyAssignor implements Configurable {

    /// The property of the consumer that has the [Listener].
    static final String LISTENER = "lull.group.listener";

    /// Precedes the number, so that data of other assignors are not taken for it.
    private static final int MARK = 0x4c756c6c;

    private @Nullable Listener listener;

    /// Learns the number of members of the group after each change. It must not block.
    @FunctionalInterface
    public interface Listener {
        /// Reports the number, this member included.
        void members(int count);
    }

    /// Creates one without a listener. Kafka does by reflection.
    public CountingAssignor() {}

    @Override
    public void configure(Map<String, ?> properties) {
        listener = properties.get(LISTENER) instanceof Listener given ? given : null;
    }

    @Override
    public GroupAssignment assign(Cluster cluster, GroupSubscription members) {
        int count = members.groupSubscription().size();
        Map<String, Assignment> counted = new HashMap<>();
        super.assign(cluster, members)
                .groupAssignment()
                .forEach((member, assignment) ->
                        counted.put(member, new Assignment(assignment.partitions(), written(count))));
        return new GroupAssignment(counted);
    }

    @Override
    public void onAssignment(Assignment assignment, ConsumerGroupMetadata metadata) {
        super.onAssignment(assignment, metadata);
        Listener told = listener;
        if (told != null) {
            read(assignment.userData()).ifPresent(told::members);
        }
    }

    private static ByteBuffer written(int count) {
        return ByteBuffer.allocate(2 * Integer.BYTES).putInt(MARK).putInt(count).flip();
    }

    /// Returns the number in the data of an assignment; empty if a leader of another class wrote them.
    private static OptionalInt read(@Nullable ByteBuffer data) {
        if (data == null || data.remaining() != 2 * Integer.BYTES || data.getInt(data.position()) != MARK) {
            return OptionalInt.empty();
        }
        int count = data.getInt(data.position() + Integer.BYTES);
        return count < 1 ? OptionalInt.empty() : OptionalInt.of(count);
    }
}
