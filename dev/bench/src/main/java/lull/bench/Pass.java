package lull.bench;

/// Result of an application for its [Work].
///
/// @param readyNanos from its start until all its partitions were assigned and restored
/// @param records handled in the measured part, by the `process-total` of its threads
/// @param nanos that this took
/// @param used by its process meanwhile
/// @param heapBeforeBytes what the process held on the heap before it was started; 0 where that was not asked for
/// @param heapBytes what it holds now, after a garbage collection; 0 where that was not asked for
/// @param openTurns that it holds then; -1 where it does not tell
record Pass(
        long readyNanos, long records, long nanos, Usage used, long heapBeforeBytes, long heapBytes, long openTurns) {

    /// Records a second.
    double perSecond() {
        return records * 1e9 / Math.max(1, nanos);
    }

    /// CPU of the process, in seconds for a million records; the same figure is microseconds for one.
    double cpuPerMillion() {
        return used.cpuNanos() / 1e3 / Math.max(1, records);
    }

    /// Bytes on the heap that an open turn takes.
    double heapPerOpenTurn() {
        return (double) (heapBytes - heapBeforeBytes) / Math.max(1, openTurns);
    }

    /// Bytes that the process allocated for a record.
    double allocatedPerRecord() {
        return (double) used.allocatedBytes() / Math.max(1, records);
    }
}
