package lull.console.figures;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Messages that passed since this console began to watch, from the rates of counters. Immutable.
///
/// @param since the first visit; absent if there was none
/// @param last the last visit
/// @param messages of customers
/// @param connectMessages texts and files that Amazon Connect accepted
public record Passed(@Nullable Instant since, @Nullable Instant last, double messages, double connectMessages) {

    static final Passed NONE = new Passed(null, null, 0, 0);

    private static final double MILLIS = 1_000;

    /// Returns the same with what passed until another visit.
    Passed until(Snapshot visit) {
        Instant before = last;
        Instant begin = since;
        if (before == null || begin == null) {
            return new Passed(visit.at(), visit.at(), 0, 0);
        }
        double seconds = Duration.between(before, visit.at()).toMillis() / MILLIS;
        return new Passed(
                begin,
                visit.at(),
                messages + seconds * orZero(visit.rate("lull_webhook_messages_total", _ -> true)),
                connectMessages
                        + seconds
                                * orZero(visit.rate(
                                        "lull_bridge_connect_calls_seconds_count",
                                        sample -> sample.has("result", "ok")
                                                && (sample.has("operation", "SendMessage")
                                                        || sample.has("operation", "CompleteAttachmentUpload")))));
    }

    private static double orZero(double rate) {
        return Double.isFinite(rate) ? rate : 0;
    }
}
