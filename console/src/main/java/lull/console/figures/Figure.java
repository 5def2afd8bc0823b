package lull.console.figures;

import java.util.function.ToDoubleFunction;

/// Figure that the pages show as a curve of a day.
public enum Figure {
    MESSAGES(
            "Messages of customers", "per second", snapshot -> snapshot.rate("lull_webhook_messages_total", _ -> true)),
    TURNS("Turns that ended", "per second", snapshot -> snapshot.rate("lull_turns_closed_total", _ -> true)),
    DELIVERED(
            "Turns that reached an agent or an application",
            "per second",
            snapshot -> plus(
                    snapshot.rate(
                            "lull_bridge_turns_total",
                            sample -> sample.label("exit").equals("delivered")),
                    snapshot.rate(
                            "lull_applications_turns_total",
                            sample -> sample.label("outcome").equals("taken")))),
    REPLIES(
            "Replies that were sent",
            "per second",
            snapshot -> snapshot.rate(
                    "lull_bridge_replies_total", sample -> sample.label("exit").equals("sent"))),
    OPEN("Open turns", "turns", snapshot -> snapshot.sum("lull_turns_open", _ -> true)),
    WAITING(
            "Conversations that wait for a retry",
            "conversations",
            snapshot -> plus(
                    snapshot.sum("lull_bridge_lanes_waiting", _ -> true),
                    snapshot.sum("lull_applications_lanes_waiting", _ -> true))),
    WAIT("Longest wait of a flow", "seconds", FlowWait::longestSeconds),
    DELAY(
            "Delay of the end of turns, 99 %",
            "seconds",
            snapshot -> snapshot.max(
                    "lull_turn_delay_seconds",
                    sample -> sample.label("quantile").equals("0.99")));

    private final String title;
    private final String unit;
    private final ToDoubleFunction<Snapshot> value;

    Figure(String title, String unit, ToDoubleFunction<Snapshot> value) {
        this.title = title;
        this.unit = unit;
        this.value = value;
    }

    public String title() {
        return title;
    }

    public String unit() {
        return unit;
    }

    /// Returns its value; NaN if it is unknown.
    public double of(Snapshot snapshot) {
        return value.applyAsDouble(snapshot);
    }

    private static double plus(double one, double other) {
        return Double.isNaN(one) ? other : Double.isNaN(other) ? one : one + other;
    }
}
