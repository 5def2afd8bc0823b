package lull.runtime.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lull.runtime.http.HttpSettings;
import lull.runtime.http.ListenAddress;

/// The settings that every process has.
public final class ProcessSettings {

    public static final Setting<Integer> ADMIN_PORT = Setting.number(
            "admin.port",
            9090,
            0,
            65535,
            "Port of health, metrics and information, for every process; 0 picks a free port. If it is not set, the"
                    + " ingress uses 9090, an aggregator 9091 and a bridge 9093, so that all can run on one machine");

    public static final Setting<Optional<Integer>> INGRESS_ADMIN_PORT = adminPort("ingress");

    public static final Setting<Optional<Integer>> AGGREGATOR_ADMIN_PORT = adminPort("aggregator");

    public static final Setting<Optional<Integer>> BRIDGE_ADMIN_PORT = adminPort("bridge");

    public static final Setting<String> HOST = Formats.HOST.of(Setting.text(
            "listen.host",
            "",
            "Address of this machine on which all ports of the process listen, such as 127.0.0.1; empty means all"
                    + " addresses. Each port can have its own address, see the settings that end in `.host`"));

    public static final Setting<Boolean> ALL_KAFKA_METERS = Setting.flag(
            "metrics.kafka.all",
            false,
            "Whether /metrics also has all meters of Kafka's clients and of Kafka Streams: more than a thousand"
                    + " series, with ids of clients and threads that change at each start. Turn it on only to"
                    + " diagnose Kafka clients");

    public static final Setting<List<String>> INPUTS = Formats.KAFKA_TOPIC
            .ofEach(Setting.list(
                    "topics.inputs",
                    "whatsapp.message.received",
                    "Input topics, separated by commas; each has its own gap and its own aggregator application"))
            .checked(topics -> !topics.isEmpty(), "must name a topic at least");

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

    public static final Setting<Duration> ACK_TIMEOUT = Setting.duration(
            "ingress.ack.timeout",
            "10s",
            Duration.ofMillis(100),
            Duration.ofMinutes(2),
            "How long the ingress waits for the broker to acknowledge a webhook before it answers 503. The"
                    + " aggregator needs the same value");

    public static final Setting<Duration> STOP_TIMEOUT = Setting.duration(
            "stop.timeout",
            "25s",
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            "How long a process may take to stop before it exits anyway; what has not stopped by then is logged."
                    + " Set it lower than the grace period of the supervisor (usually 30s), and higher than"
                    + " `lane.drain` and `ingress.ack.timeout`");

    private static final List<Setting<?>> OWN = List.of(
            ADMIN_PORT,
            INGRESS_ADMIN_PORT,
            AGGREGATOR_ADMIN_PORT,
            BRIDGE_ADMIN_PORT,
            HOST,
            ALL_KAFKA_METERS,
            INPUTS,
            PARTITIONS,
            REPLICATION_FACTOR,
            MIN_INSYNC_REPLICAS,
            ACK_TIMEOUT,
            STOP_TIMEOUT);

    /// All of them, with those of HTTP ports.
    public static final List<Setting<?>> ALL =
            Stream.concat(OWN.stream(), HttpSettings.ALL.stream()).toList();

    private ProcessSettings() {}

    private static Setting<Optional<Integer>> adminPort(String process) {
        return Setting.of(
                process + ".admin.port",
                "",
                "Port of health, metrics and information of the " + process + "; overrides admin.port",
                text -> text.isEmpty() ? Optional.empty() : Optional.of(ADMIN_PORT.read(text)));
    }

    /// The address of a process's admin port, with the setting that chooses it: its own, else the one of every
    /// process if that is set, else a default that no other process on the machine has.
    ///
    /// @param process the name of its command
    public static ListenAddress adminAddress(Settings settings, String process) {
        return switch (process) {
            case "ingress" -> adminAddress(settings, INGRESS_ADMIN_PORT, 9090);
            case "aggregator" -> adminAddress(settings, AGGREGATOR_ADMIN_PORT, 9091);
            case "bridge" -> adminAddress(settings, BRIDGE_ADMIN_PORT, 9093);
            default -> ListenAddress.of(settings, HttpSettings.ADMIN_HOST, ADMIN_PORT);
        };
    }

    private static ListenAddress adminAddress(Settings settings, Setting<Optional<Integer>> own, int byDefault) {
        Optional<Integer> given = settings.get(own);
        return given.isEmpty() && settings.isGiven(ADMIN_PORT)
                ? ListenAddress.of(settings, HttpSettings.ADMIN_HOST, ADMIN_PORT)
                : ListenAddress.of(settings, HttpSettings.ADMIN_HOST, given.orElse(byDefault), own.name());
    }
}
