package lull.cdk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;

/// Alarms about meters of Lull, as in `docs/prometheus-rules.yaml`. What a metric of AWS shows as well has its alarm in
/// [AlarmsStack].
final class MeterAlarms {

    private final LullMetrics metrics;
    private final AlarmSheet sheet;

    MeterAlarms(LullMetrics metrics, AlarmSheet sheet) {
        this.metrics = metrics;
        this.sheet = sheet;
    }

    /// Adds all of them.
    void add() {
        List<LullProcess> services = LullProcess.services(metrics.installation());
        services.forEach(this::process);
        // Ingress and console are in no consumer group, and what the archive has read is in its database.
        services.stream()
                .filter(process -> !Set.of(LullProcess.INGRESS, LullProcess.ARCHIVE, LullProcess.CONSOLE)
                        .contains(process))
                .forEach(this::lag);
        ingress();
        aggregator();
        bridge();
        if (services.contains(LullProcess.APPLICATIONS)) {
            applications();
        }
        if (services.contains(LullProcess.ARCHIVE)) {
            archive();
        }
    }

    private void process(LullProcess process) {
        String word = process.word();
        sheet.below(
                word + "-not-ready",
                metrics.meter(LullMeter.READY, process, "Minimum"),
                1,
                5,
                "A task of the " + word + " has not been ready for five minutes, or its metrics do not arrive.",
                RunbookPart.NOT_READY);
        sheet.above(
                word + "-degraded",
                metrics.meter(LullMeter.DEGRADED, process, "Maximum"),
                0,
                5,
                "A task of the " + word + " is ready, but something that it uses has not worked for five minutes.",
                RunbookPart.OUTSIDE);
        sheet.belowIfReported(
                word + "-dependency",
                metrics.meter(LullMeter.AVAILABLE, process, "Minimum"),
                1,
                3,
                "Something that the " + word + " needs is unavailable. Its log says what, after Unavailable.",
                RunbookPart.OUTSIDE);
    }

    private void lag(LullProcess process) {
        sheet.above(
                process.word() + "-behind",
                metrics.meter(LullMeter.LAG, process, "Maximum"),
                1_000,
                5,
                "A consumer group of the " + process.word() + " is more than 1,000 records behind.",
                RunbookPart.BEHIND);
    }

    private void ingress() {
        sheet.above(
                "webhooks-unavailable",
                sum(counters(LullProcess.INGRESS, LullMeter.WEBHOOKS, "unavailable", "overloaded")),
                0,
                2,
                "The ingress refuses webhooks, because Kafka does not accept them or it has too many.",
                RunbookPart.WEBHOOKS);
        Map<String, IMetric> webhooks = counters(LullProcess.INGRESS, LullMeter.WEBHOOKS, "unsigned", "accepted");
        sheet.above(
                "webhooks-unsigned",
                MathExpression.Builder.create()
                        .expression("IF(FILL(unsigned, 0) > FILL(accepted, 0), 1, 0)")
                        .usingMetrics(webhooks)
                        .period(Duration.minutes(1))
                        .label("most are unsigned")
                        .build(),
                0,
                5,
                "Most webhooks have a wrong signature: the app secret is probably wrong.",
                RunbookPart.WEBHOOKS);
    }

    private void aggregator() {
        sheet.above(
                "turns-delayed",
                metrics.meter(LullMeter.TURN_DELAY, LullProcess.AGGREGATOR, "0.99", "Maximum"),
                2,
                5,
                "Turns end more than two seconds late.",
                RunbookPart.TURNS);
        sheet.above(
                "stream-threads",
                metrics.meter(LullMeter.THREAD_FAILURES, LullProcess.AGGREGATOR, "Sum"),
                0,
                1,
                "A thread of Kafka Streams has failed.",
                RunbookPart.STREAMS);
        sheet.above(
                "standbys-behind",
                metrics.meter(LullMeter.STANDBY_LAG, LullProcess.AGGREGATOR, "Maximum"),
                10_000,
                15,
                "A standby is more than 10,000 records behind, so a failed aggregator would take long to replace.",
                RunbookPart.STANDBYS);
        sheet.above(
                "aggregator-dead-letters",
                metrics.meter(LullMeter.DEAD_LETTERS, LullProcess.AGGREGATOR, "Sum"),
                0,
                1,
                "The aggregator could not handle a record, which is now a dead letter.",
                RunbookPart.DEAD_LETTERS);
    }

    private void bridge() {
        sheet.above(
                "paused",
                metrics.meter(LullMeter.PAUSES, LullProcess.BRIDGE, "Maximum"),
                0,
                1,
                "Amazon Connect or WhatsApp rejects everything of a business number, a token or an instance.",
                RunbookPart.PAUSED);
        sheet.above(
                "agents-not-heard",
                sum(counters(LullProcess.BRIDGE, LullMeter.NOTIFICATIONS, "rejected", "unsubscribed", "unavailable")),
                0,
                1,
                "Notifications of chats are not accepted, so agents' messages may not reach customers.",
                RunbookPart.REPLIES);
        Map<String, IMetric> refused = new LinkedHashMap<>();
        refused.putAll(counters(LullProcess.BRIDGE, LullMeter.ATTEMPTS, "refused", "given_up"));
        refused.putAll(counters(LullProcess.BRIDGE, LullMeter.NOTIFICATIONS, "unreadable"));
        refused.put("parts", metrics.meter(LullMeter.PARTS_REFUSED, LullProcess.BRIDGE, "Sum"));
        sheet.above(
                "bridge-dead-letters",
                sum(refused),
                0,
                1,
                "The bridge could not handle a record, which is now a dead letter.",
                RunbookPart.DEAD_LETTERS);
        sheet.above(
                "words-unheard",
                sum(counters(LullProcess.BRIDGE, LullMeter.DEAD_LETTER_NOTES, "no_chat", "not_noted")),
                0,
                1,
                "Words of a customer or an agent are a dead letter, and no agent knows of it.",
                RunbookPart.DEAD_LETTERS);
        sheet.above(
                "whatsapp-objects",
                metrics.meter(LullMeter.ACCOUNT_PROBLEMS, LullProcess.BRIDGE, "critical", "Maximum"),
                0,
                1,
                "WhatsApp objects to an account, a number, a template or a flow.",
                RunbookPart.ACCOUNTS);
        sheet.above(
                "replies-refused",
                metrics.meter(LullMeter.REPLIES, LullProcess.BRIDGE, "refused", "Sum"),
                0,
                1,
                "WhatsApp has refused a reply.",
                RunbookPart.REFUSED);
    }

    private void applications() {
        sheet.above(
                "applications-paused",
                metrics.meter(LullMeter.APPLICATION_PAUSES, LullProcess.APPLICATIONS, "Maximum"),
                0,
                1,
                "An application rejects everything, or wants no more turns, so its turns wait.",
                RunbookPart.PAUSED);
        sheet.above(
                "applications-wait",
                metrics.meter(LullMeter.APPLICATION_WAITING, LullProcess.APPLICATIONS, "Maximum"),
                0,
                10,
                "Turns have waited for an application for ten minutes.",
                RunbookPart.APPLICATION_SILENT);
        sheet.above(
                "applications-refuse",
                sum(counters(LullProcess.APPLICATIONS, LullMeter.APPLICATION_TURNS, "refused", "unreadable")),
                0,
                1,
                "An application refuses turns, or its answers cannot be read.",
                RunbookPart.APPLICATION_REFUSES);
        sheet.above(
                "assistants-fail",
                sum(counters(
                        LullProcess.APPLICATIONS, LullMeter.ASSISTANT_HANDOVERS, "misconfigured", "failed", "cost")),
                0,
                1,
                "A language model does not answer, so its customers are with agents.",
                RunbookPart.ASSISTANT);
        sheet.above(
                "applications-dead-letters",
                sum(counters(LullProcess.APPLICATIONS, LullMeter.APPLICATION_ATTEMPTS, "refused", "given_up")),
                0,
                1,
                "A turn for an application could not be handled and is now a dead letter.",
                RunbookPart.DEAD_LETTERS);
    }

    private void archive() {
        sheet.above(
                "archive-behind",
                metrics.meter(LullMeter.ARCHIVE_LAG, LullProcess.ARCHIVE, "Maximum"),
                100_000,
                15,
                "The archive has been more than 100,000 records behind for 15 minutes.",
                RunbookPart.ARCHIVE_BEHIND);
        sheet.above(
                "archive-missed",
                metrics.meter(LullMeter.ARCHIVE_RECORDS, LullProcess.ARCHIVE, "missed", "Sum"),
                0,
                1,
                "Kafka has deleted records before the archive had read them.",
                RunbookPart.ARCHIVE_BEHIND);
    }

    /// Counters of some values of a label, by that value.
    private Map<String, IMetric> counters(LullProcess process, LullMeter meter, String... values) {
        Map<String, IMetric> counters = new LinkedHashMap<>();
        for (String value : values) {
            counters.put(value, metrics.meter(meter, process, value, "Sum"));
        }
        return counters;
    }

    /// The sum of counters, of which some may not exist yet.
    private static MathExpression sum(Map<String, IMetric> counters) {
        return MathExpression.Builder.create()
                .expression(counters.keySet().stream()
                        .map(name -> "FILL(" + name + ", 0)")
                        .collect(Collectors.joining(" + ")))
                .usingMetrics(counters)
                .period(Duration.minutes(1))
                .label("all")
                .build();
    }
}
