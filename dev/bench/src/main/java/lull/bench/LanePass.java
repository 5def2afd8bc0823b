package lull.bench;

/// What an application that handles records in order per key took.
///
/// @param records in the measured part
/// @param nanos of the measured part
/// @param used by the process in the measured part
/// @param missing records of the topic that were not handled in the end
/// @param twice records that were handled again
/// @param disordered records that were handled before one of their key that stands before them
record LanePass(long records, long nanos, Usage used, long missing, long twice, long disordered) {

    double perSecond() {
        return records * 1e9 / nanos;
    }

    double cpuMicros() {
        return used.cpuNanos() / 1e3 / records;
    }

    double allocated() {
        return (double) used.allocatedBytes() / records;
    }
}
