package lull.bench;

import java.util.Locale;

/// A way of handling the records of a topic in order per key and in parallel across keys, in the order of a round.
enum LaneForm {
    /// The lanes of Lull, run as the bridge runs its flows.
    LANES,
    /// A consumer of Kafka, with a virtual thread for each key.
    RAW;

    /// The name as the report has it.
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
