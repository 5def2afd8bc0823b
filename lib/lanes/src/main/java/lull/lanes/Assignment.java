package lull.lanes;

import org.apache.kafka.common.TopicPartition;

/// Assignment of a partition, from when this process got it until it lost it. The same partition
/// assigned again is a new assignment, so that whatever still runs under the old one changes nothing.
/// Its state is guarded by the engine's lock, except [#isLost()].
final class Assignment {

    private final TopicPartition partition;
    private final long number;
    private final OffsetTracker tracker;
    private int running;
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

    /// Reports that one of its records has started.
    void started() {
        running++;
    }

    /// Reports that one of its records has ended.
    void ended() {
        running--;
    }

    /// Whether any of its records is running.
    boolean isRunning() {
        return running > 0;
    }

    /// Starts no further record; running ones may finish.
    void stop() {
        stopping = true;
    }

    /// Ignores from now on what still runs.
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
