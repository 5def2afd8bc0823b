package lull.runtime.kafka;

import java.time.Duration;
import java.util.List;
import lull.contract.topic.KafkaAccess.Right;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of topics, and of how records are written to them, that several services share.
public final class TopicSettings {

    public static final Setting<List<String>> INPUTS = Formats.KAFKA_TOPIC
            .ofEach(Setting.list(
                    "topics.inputs",
                    "whatsapp.message.received",
                    "Input topics, separated by commas; each has its own gap and its own aggregator application"))
            .checked(topics -> !topics.isEmpty(), "must name at least one topic");

    public static final Setting<Integer> PARTITIONS = Setting.number(
            "topics.partitions", 32, 1, 4096, "Number of partitions of the topics that `lull topics create` creates");

    public static final Setting<Integer> REPLICATION_FACTOR = Setting.number(
            "topics.replication.factor",
            3,
            -1,
            9,
            "Replication factor of the topics that `lull topics create` creates; -1 uses the broker's default");

    public static final Setting<Integer> MIN_INSYNC_REPLICAS = Setting.number(
            "topics.min.insync.replicas",
            2,
            1,
            9,
            "min.insync.replicas of the topics that `lull topics create` creates: how many replicas must have a"
                    + " record before it is acknowledged");

    public static final Setting<BrokerKind> KIND = Setting.of(
            "topics.for",
            "kafka",
            "Kind of Kafka that `lull topics create` creates topics on: kafka, or Amazon MSK's standard, express or"
                    + " serverless. Express and serverless refuse some settings of topics, which are then not set",
            BrokerKind::of);

    public static final Setting<Duration> ACK_TIMEOUT = Setting.duration(
            "ingress.ack.timeout",
            "10s",
            Duration.ofMillis(100),
            Duration.ofMinutes(2),
            "How long the ingress waits for the broker to acknowledge a webhook before it answers 503. The"
                    + " aggregator needs the same value");

    public static final Setting<Boolean> ALL_KAFKA_METERS = Setting.flag(
            "metrics.kafka.all",
            false,
            "Whether /metrics also has all meters of Kafka's clients and of Kafka Streams: more than a thousand"
                    + " series, with ids of clients and threads that change at each start. Turn it on only to"
                    + " diagnose Kafka clients");

    static final Setting<Boolean> RIGHTS_CHECK = Setting.flag(
            "topics.rights.check",
            true,
            "Whether a process asks Kafka at its start whether it has the rights in docs/acls.md. Without one of them"
                    + " it does not start. Set it to false only if your Kafka does not report permitted operations"
                    + " correctly");

    /// Maximum time between two attempts of the ingress's producer to connect to a broker. After a hole
    /// an aggregator must settle for at least twice that time.
    public static final Duration INPUT_RECONNECT_BACK_OFF = Duration.ofMillis(500);

    /// All settings.
    public static final List<Setting<?>> ALL = List.of(
            INPUTS,
            PARTITIONS,
            REPLICATION_FACTOR,
            MIN_INSYNC_REPLICAS,
            KIND,
            ACK_TIMEOUT,
            ALL_KAFKA_METERS,
            RIGHTS_CHECK);

    /// Returns the rights that a process checks: these, or none if the settings turn the check off.
    public static List<Right> checked(Settings settings, List<Right> rights) {
        return settings.get(RIGHTS_CHECK) ? rights : List.of();
    }

    private TopicSettings() {}
}
