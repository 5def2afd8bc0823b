package lull.cdk;

import java.util.List;

/// Meters of Lull that are copied to Amazon CloudWatch, because alarms or the dashboard use them. Each one has a price
/// there, so all others stay at the admin ports. A test compares the names with `docs/metrics.md`.
enum LullMeter {
    READY("lull_ready"),
    DEGRADED("lull_degraded"),
    AVAILABLE("lull_dependency_available"),
    LAG("lull_kafka_lag"),
    WEBHOOKS("lull_webhooks_total", "outcome", "accepted", "unsigned", "unavailable", "overloaded"),
    TURN_DELAY("lull_turn_delay_seconds", "quantile", "0.99"),
    STANDBY_LAG("lull_state_standby_lag"),
    THREAD_FAILURES("lull_stream_thread_failures_total"),
    DEAD_LETTERS("lull_dead_letters_total"),
    WAITING("lull_bridge_lanes_waiting"),
    PAUSES("lull_bridge_pauses"),
    CHATS("lull_bridge_chats_open"),
    ATTEMPTS("lull_bridge_attempts_seconds_count", "outcome", "refused", "given_up"),
    PARTS_REFUSED("lull_bridge_parts_refused_total"),
    NOTIFICATIONS(
            "lull_bridge_notifications_total",
            "exit",
            "accepted",
            "rejected",
            "unsubscribed",
            "unavailable",
            "unreadable"),
    DEAD_LETTER_NOTES("lull_bridge_dead_letter_notes_total", "exit", "no_chat", "not_noted"),
    ACCOUNT_PROBLEMS("lull_bridge_account_problems", "urgency", "critical"),
    REPLIES("lull_bridge_replies_total", "exit", "sent", "refused"),
    APPLICATION_TURNS(
            "lull_applications_turns_total", "outcome", "taken", "refused", "passed_on", "handed_over", "unreadable"),
    ASSISTANT_HANDOVERS("lull_assistant_handovers_total", "cause", "misconfigured", "failed", "cost"),
    APPLICATION_ATTEMPTS("lull_applications_attempts_seconds_count", "outcome", "refused", "given_up"),
    APPLICATION_WAITING("lull_applications_lanes_waiting"),
    APPLICATION_PAUSES("lull_applications_pauses"),
    ARCHIVE_LAG("lull_archive_lag"),
    ARCHIVE_RECORDS("lull_archive_records_total", "outcome", "written", "missed");

    private final String metric;
    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<String> values;

    LullMeter(String metric) {
        this(metric, "");
    }

    LullMeter(String metric, String label, String... values) {
        this.metric = metric;
        this.label = label;
        this.values = List.of(values);
    }

    /// Returns its name in Prometheus, which is also its name in CloudWatch.
    String metric() {
        return metric;
    }

    /// Returns the name that all series of the meter begin with: a summary has several.
    String family() {
        return metric.replaceFirst("_count$", "");
    }

    /// Returns the label that becomes a dimension beside the process; empty if there is none.
    String label() {
        return label;
    }

    /// Returns the values of the label that are copied.
    List<String> labelValues() {
        return values;
    }
}
