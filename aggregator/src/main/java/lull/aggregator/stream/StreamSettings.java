package lull.aggregator.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import lull.aggregator.route.RouteSettings;
import lull.aggregator.turn.TurnSettings;
import lull.contract.topic.Topics;
import lull.runtime.CannotStart;
import lull.runtime.FileProblem;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import org.apache.kafka.streams.StreamsConfig;

/// Settings of Kafka Streams, and of the topics to which turns are written.
public final class StreamSettings {

    public static final Setting<String> OUTPUT = Formats.KAFKA_TOPIC.of(Setting.text(
            "turn.output", Topics.TURN_CLOSED.name(), "Topic that turns for Amazon Connect are written to"));

    public static final Setting<String> STATE_DIRECTORY = Setting.text(
                    "streams.state.dir", "state", "Directory of the state stores; use a volume that survives a restart")
            .checked(text -> !text.isBlank(), "must not be empty");

    public static final Setting<Integer> THREADS =
            Setting.number("streams.threads", 1, 1, 64, "Stream threads of the application of each input topic");

    public static final Setting<Integer> STANDBYS = Setting.number(
            "streams.standbys", 1, 0, 3, "Standby replicas of each partition's state on other instances");

    public static final Setting<Integer> ROCKS_MEBIBYTES = Setting.number(
            "streams.rocksdb.mebibytes",
            256,
            16,
            65_536,
            "Maximum memory outside the heap that the state stores of all input topics and partitions share for"
                    + " their block caches and write buffers, in MiB");

    public static final Setting<Integer> TURNS_MEBIBYTES = Setting.number(
            "streams.turns.mebibytes",
            64,
            0,
            65_536,
            "Maximum memory on the heap, in MiB, in which open turns of all input topics and partitions that have grown"
                    + " lately are kept, so that they are not read from the state stores again");

    public static final Setting<Duration> COMMIT_INTERVAL = Setting.duration(
            "streams.commit.interval",
            "50ms",
            Duration.ZERO,
            Duration.ofSeconds(10),
            "Minimum time between two commits of a stream thread while it reads messages as they are written; a closed"
                    + " turn is read by others after a commit");

    public static final Setting<Duration> COMMIT_BEHIND = Setting.duration(
            "streams.commit.behind",
            "2s",
            Duration.ZERO,
            Duration.ofDays(1),
            "Age of messages, by the clock of the aggregator's machine, from which on it catches up, so that"
                    + " commit.interval.ms of Kafka Streams (here 500) decides when it commits");

    /// The settings of a process; [#OUTPUT] may be set for each input topic.
    public static final List<Setting<?>> OF_PROCESS = List.of(
            STATE_DIRECTORY, THREADS, STANDBYS, ROCKS_MEBIBYTES, TURNS_MEBIBYTES, COMMIT_INTERVAL, COMMIT_BEHIND);

    private StreamSettings() {}

    /// Creates the directory of the state stores. Throws [CannotStart] if nothing can be written there: Kafka Streams
    /// would report it with a stack trace, once for each input topic.
    public static void requireStateDirectory(Settings settings) {
        Path directory = Path.of(settings.get(STATE_DIRECTORY));
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "lull", ".check"));
        } catch (IOException e) {
            throw new CannotStart(STATE_DIRECTORY.name() + ": " + FileProblem.ofFolder(directory, e), e);
        }
    }

    /// Names of the properties of Kafka Streams, which operators may set like those of Kafka's clients.
    public static Set<String> kafkaNames() {
        return StreamsConfig.configDef().names();
    }

    /// The topics to which turns are written, of all input topics and destinations.
    public static List<String> outputs(Settings settings) {
        return Stream.of(
                        settings.get(TopicSettings.INPUTS).stream()
                                .map(topic -> TurnSettings.of(settings, OUTPUT, topic)),
                        RouteSettings.destinations(settings).values().stream(),
                        RouteSettings.early(settings).isEmpty()
                                ? Stream.<String>empty()
                                : Stream.of(Topics.APPLICATION_TURN_EXPECTED.name()))
                .flatMap(topics -> topics)
                .distinct()
                .toList();
    }

    /// Returns the topology's specification for an input topic.
    public static TurnTopology.Options options(Settings settings, String topic) {
        String output = TurnSettings.of(settings, OUTPUT, topic);
        if (settings.get(TopicSettings.INPUTS).contains(output)) {
            throw new CannotStart(OUTPUT.name() + " of " + topic + " is " + output
                    + ", which is an input topic: turns must go to a topic of their own");
        }
        SortedMap<String, String> destinations = RouteSettings.destinations(settings);
        destinations.forEach((name, to) -> {
            if (to.equals(output)) {
                throw new CannotStart(RouteSettings.topic(name).name() + " is " + to + ", to which "
                        + OUTPUT.name() + " of " + topic + " sends turns for Amazon Connect: give the destination a"
                        + " topic of its own");
            }
        });
        return new TurnTopology.Options(topic, output, TurnSettings.policy(settings, topic), destinations);
    }
}
