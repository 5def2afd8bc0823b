package lull.lanes;

import org.apache.kafka.common.TopicPartition;

/// A partition, from when this process got it until it lost it. The same partition got again is a new assignment,
/// so that what the old one left running changes nothing. Its state is guarded by the engine's lock but for
/// [#isLost()].
final class Assignment {

    private final TopicPartition partition;
    private final long number;
    private final OffsetTracker tracker;
    private volatile boolean stopping;
    private volatile boolean lost;

    Assignment(TopicPartition partition, long number, OffsetTracker tracker) {
        this.partition = partition;
        this.number = number;
        this.tracker = tracker;
    }

    TopicPartition partition() {
        return partition;
    }

    long number() {
        return number;
    }

    OffsetTracker tracker() {
        return tracker;
    }

    /// No further record starts; those that run may finish.
    void stop() {
        stopping = true;
    }

    /// What still runs is ignored from now on.
    void lose() {
        stopping = true;
        lost = true;
    }

    boolean isStopping() {
        return stopping;
    }

    boolean isLost() {
        return lost;
    }
}
