package lull.bench;

import java.time.Duration;
import java.util.Locale;

/// A way of making turns of messages, in the order of a round. All but the first two are of the DSL of Kafka Streams:
/// its session windows, which are either suppressed until they close or emitted when they do. They commit every 50 ms,
/// as
/// the aggregator does while it keeps up, or every 500 ms, as it does while it catches up, and so in a comparison.
enum TurnForm {
    /// The aggregator, which drops duplicates.
    LULL("lull", true, false),
    /// The aggregator with the adaptive gap.
    ADAPTIVE("lull, adaptive gap", true, false),
    SUPPRESS("suppress", false, false),
    SUPPRESS_ONCE("suppress, duplicates dropped", true, false),
    ON_CLOSE("on close", false, true),
    ON_CLOSE_ONCE("on close, duplicates dropped", true, true),
    ON_CLOSE_ONCE_500("on close, dropped, 500 ms", true, true);

    private static final Duration COMMIT = Duration.ofMillis(50);
    private static final Duration LATE_COMMIT = Duration.ofMillis(500);

    private final String label;
    private final boolean dropsDuplicates;
    private final boolean emitsOnClose;

    TurnForm(String label, boolean dropsDuplicates, boolean emitsOnClose) {
        this.label = label;
        this.dropsDuplicates = dropsDuplicates;
        this.emitsOnClose = emitsOnClose;
    }

    /// The name as the report has it.
    String label() {
        return label;
    }

    /// The name as people write it.
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Role role() {
        return this == LULL || this == ADAPTIVE ? Role.AGGREGATOR : Role.SESSIONS;
    }

    /// How often it commits, if it is of the DSL.
    Duration commitInterval() {
        return this == ON_CLOSE_ONCE_500 ? LATE_COMMIT : COMMIT;
    }

    boolean dropsDuplicates() {
        return dropsDuplicates;
    }

    /// Whether it uses the strategy of emitting when a window closes, and not a suppression.
    boolean emitsOnClose() {
        return emitsOnClose;
    }
}
