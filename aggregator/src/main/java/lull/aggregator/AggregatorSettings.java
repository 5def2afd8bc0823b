package lull.aggregator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lull.contract.topic.Topics;
import lull.runtime.settings.ProcessSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// The settings of the aggregator. Those of a turn may be said for one input topic, as in `turn.gap.<topic>`.
public final class AggregatorSettings {

    public static final Setting<Duration> GAP = Setting.duration(
            "turn.gap",
            "5s",
            Duration.ZERO,
            Duration.ofMinutes(10),
            "The silence that ends a turn; 0ms makes every message a turn of its own");

    public static final Setting<Duration> MAX_DURATION = Setting.duration(
            "turn.max.duration",
            "30s",
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            "How long a turn may last, from its first message");

    public static final Setting<Integer> MAX_MESSAGES =
            Setting.number("turn.max.messages", 50, 1, 1000, "How many messages a turn may have");

    public static final Setting<Integer> MAX_BYTES = Setting.number(
            "turn.max.bytes", 256 * 1024, 1024, 2 * 1024 * 1024, "How many bytes of messages a turn may have");

    public static final Setting<List<String>> FLUSH_WORDS = Setting.list(
            "turn.flush.words",
            "",
            "Words that end a turn at once when they are all that a text says, compared without case and punctuation");

    public static final Setting<String> OUTPUT =
            Setting.text("turn.output", Topics.TURN_CLOSED.name(), "The topic that turns go to");

    public static final Setting<Duration> HOLE_LIMIT = Setting.duration(
            "turn.hole.limit",
            "500ms",
            Duration.ofMillis(100),
            Duration.ofMinutes(1),
            "How far behind a deadline the log's clock may jump before that is taken for a hole in the log");

    public static final Setting<Duration> SETTLE = Setting.duration(
            "turn.settle",
            "1500ms",
            Duration.ofMillis(100),
            Duration.ofMinutes(1),
            "How long nothing ends by time after a hole; at least twice the reconnect back-off of the ingress and"
                    + " 500ms (3s with MSK IAM)");

    public static final Setting<String> STATE_DIRECTORY = Setting.text(
            "streams.state.dir", "state", "Where the state stores are kept; a volume that survives a restart");

    public static final Setting<Integer> THREADS =
            Setting.number("streams.threads", 1, 1, 64, "Threads of each input topic's application");

    public static final Setting<Integer> STANDBYS =
            Setting.number("streams.standbys", 1, 0, 3, "Standby copies of each partition's state on other instances");

    private static final List<Setting<?>> OF_TURNS =
            List.of(GAP, MAX_DURATION, MAX_MESSAGES, MAX_BYTES, FLUSH_WORDS, OUTPUT, HOLE_LIMIT, SETTLE);

    private AggregatorSettings() {}

    /// All of them, for an installation with these input topics.
    public static List<Setting<?>> all(List<String> inputTopics) {
        List<Setting<?>> all = new ArrayList<>(OF_TURNS);
        for (String topic : inputTopics) {
            OF_TURNS.forEach(setting -> all.add(setting.forTopic(topic)));
        }
        all.addAll(List.of(STATE_DIRECTORY, THREADS, STANDBYS));
        return List.copyOf(all);
    }

    /// What was said for an input topic, or else for all.
    static <T> T of(Settings settings, Setting<T> setting, String topic) {
        return settings.get(setting.forTopic(topic)).orElseGet(() -> settings.get(setting));
    }

    static TurnTopology.Spec spec(Settings settings, String topic) {
        TurnPolicy policy = new TurnPolicy(
                of(settings, GAP, topic),
                of(settings, MAX_DURATION, topic),
                of(settings, MAX_MESSAGES, topic),
                of(settings, MAX_BYTES, topic),
                Set.copyOf(of(settings, FLUSH_WORDS, topic)),
                new TurnPolicy.HoleRule(of(settings, HOLE_LIMIT, topic), of(settings, SETTLE, topic)),
                settings.get(ProcessSettings.ACK_TIMEOUT));
        return new TurnTopology.Spec(topic, of(settings, OUTPUT, topic), policy);
    }
}
