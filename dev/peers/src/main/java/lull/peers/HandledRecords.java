package lull.peers;

import java.util.concurrent.atomic.LongAdder;

/// How many records the only application of this process has handled since it was started.
///
/// @param before how many earlier ones had handled
record HandledRecords(long before) {

    // Peers run copies of the functions that they are given, so that only what a process has once can be counted.
    private static final LongAdder HANDLED = new LongAdder();

    static HandledRecords fromNow() {
        return new HandledRecords(HANDLED.sum());
    }

    /// Counts a record.
    static void count() {
        HANDLED.increment();
    }

    long number() {
        return HANDLED.sum() - before;
    }
}
