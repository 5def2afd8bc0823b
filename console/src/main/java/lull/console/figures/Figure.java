package lull.console.figures;

/// Figure that the pages show as a curve of a day.
public enum Figure {
    MESSAGES("Messages of customers", "per second"),
    TURNS("Turns that ended", "per second"),
    DELIVERED("Turns that reached an agent or an application", "per second"),
    REPLIES("Replies that were sent", "per second"),
    OPEN("Open turns", "turns"),
    WAITING("Conversations that wait for a retry", "conversations"),
    WAIT("Longest wait of a flow", "seconds"),
    DELAY("Delay of the end of turns, 99 %", "seconds");

    private final String title;
    private final String unit;

    Figure(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    public String title() {
        return title;
    }

    public String unit() {
        return unit;
    }

    /// Returns its value; NaN if it is unknown.
    public double of(Snapshot snapshot) {
        return switch (this) {
            case MESSAGES -> snapshot.rate("lull_webhook_messages_total", _ -> true);
            case TURNS -> snapshot.rate("lull_turns_closed_total", _ -> true);
            case DELIVERED ->
                plus(
                        snapshot.rate("lull_bridge_turns_total", sample -> sample.has("exit", "delivered")),
                        snapshot.rate("lull_applications_turns_total", sample -> sample.has("outcome", "taken")));
            case REPLIES -> snapshot.rate("lull_bridge_replies_total", sample -> sample.has("exit", "sent"));
            case OPEN -> snapshot.sum("lull_turns_open", _ -> true);
            case WAITING ->
                plus(
                        snapshot.sum("lull_bridge_lanes_waiting", _ -> true),
                        snapshot.sum("lull_applications_lanes_waiting", _ -> true));
            case WAIT -> FlowWait.longestSeconds(snapshot);
            case DELAY -> snapshot.max("lull_turn_delay_seconds", sample -> sample.has("quantile", "0.99"));
        };
    }

    private static double plus(double one, double other) {
        return Double.isNaN(one) ? other : Double.isNaN(other) ? one : one + other;
    }
}
