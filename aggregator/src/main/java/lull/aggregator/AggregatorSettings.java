package lull.aggregator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lull.contract.message.ContentKind;
import lull.contract.topic.Topics;
import lull.runtime.CannotStart;
import lull.runtime.http.HttpPort;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.settings.Durations;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;

/// The settings of the aggregator. Those of a turn may be said for one input topic, as in `turn.gap.<topic>`, and
/// most of them for one business number, as in `turn.gap.<number>`, which goes over that.
public final class AggregatorSettings {

    /// The shortest gap but none at all: no tick comes sooner after another.
    static final Duration SHORTEST_GAP = Duration.ofMillis(100);

    /// The longest gap.
    static final Duration MAX_GAP = Duration.ofMinutes(10);

    private static final int MAX_JOINER = 16;

    public static final Setting<Duration> GAP = Setting.duration(
            "turn.gap",
            "5s",
            Duration.ZERO,
            MAX_GAP,
            "Silence that ends a turn, at least 100ms; 0ms makes each message a turn. A longer gap joins more"
                    + " messages and makes agents wait longer");

    public static final Setting<Duration> MAX_DURATION = Setting.duration(
            "turn.max.duration",
            "30s",
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            "Maximum duration of a turn, from its first message");

    public static final Setting<Integer> MAX_MESSAGES =
            Setting.number("turn.max.messages", 50, 1, 1000, "Maximum number of messages in a turn");

    public static final Setting<Integer> MAX_BYTES = Setting.number(
            "turn.max.bytes",
            256 * 1024,
            1024,
            2 * 1024 * 1024,
            "Maximum total size of the messages in a turn, in bytes");

    public static final Setting<List<String>> FLUSH_WORDS = Setting.of(
            "turn.flush.words",
            "",
            "Words that end a turn at once if a text consists only of them; case, punctuation and emoji are ignored",
            AggregatorSettings::flushWords);

    public static final Setting<String> OUTPUT = Formats.KAFKA_TOPIC.of(
            Setting.text("turn.output", Topics.TURN_CLOSED.name(), "Topic that turns are written to"));

    public static final Setting<Duration> HOLE_LIMIT = Setting.duration(
            "turn.hole.limit",
            "500ms",
            Duration.ofMillis(100),
            Duration.ofMinutes(1),
            "How far past a deadline the timestamps of the log may jump before this counts as a hole (a"
                    + " discontinuity of the log)");

    public static final Setting<Duration> SETTLE = Setting.duration(
            "turn.settle",
            "1500ms",
            Duration.ofMillis(100),
            Duration.ofMinutes(1),
            "How long no turn is ended by time after a hole. Set it to at least twice the ingress producer's"
                    + " reconnect back-off plus 500ms (3s with MSK IAM)");

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

    public static final Setting<String> JOINER = Setting.of(
            "turn.joiner",
            "\\n",
            "Separator between the texts of a turn, up to " + MAX_JOINER + " characters; `\\n` is a line break",
            AggregatorSettings::joiner);

    public static final Setting<Set<ContentKind>> KINDS_OPEN = kinds(
            "turn.kinds.open",
            KindPolicy.DEFAULT.openChat(),
            "Kinds of messages that open a chat; a turn with only other kinds is shown only if a chat is already"
                    + " open");

    public static final Setting<Set<ContentKind>> KINDS_END =
            kinds("turn.kinds.end", KindPolicy.DEFAULT.endTurn(), "Kinds of messages that end a turn at once");

    public static final Setting<Set<ContentKind>> KINDS_HIDDEN = kinds(
            "turn.kinds.hidden", KindPolicy.DEFAULT.hidden(), "Kinds of messages that are not shown to the agent");

    public static final Setting<List<String>> NUMBERS = Formats.BUSINESS_NUMBER.ofEach(Setting.list(
            "turn.numbers",
            "",
            "Business numbers, by WhatsApp's phone number id, that have their own settings, such as"
                    + " `turn.gap.<number>`"));

    /// What may be said for a business number too, over what is said for its topic.
    private static final List<Setting<?>> OF_NUMBERS = List.of(
            GAP, MAX_DURATION, MAX_MESSAGES, MAX_BYTES, FLUSH_WORDS, JOINER, KINDS_OPEN, KINDS_END, KINDS_HIDDEN);

    public static final Setting<Integer> PORT =
            Setting.number("aggregator.port", 8082, 0, 65535, "Port of the operators' API; 0 picks a free port");

    public static final Setting<Optional<String>> ADVERTISED = Formats.HOST_AND_PORT.ofOptional(Setting.optional(
            "aggregator.advertised",
            "Address at which other instances and operators reach the operators' API of this instance, as"
                    + " host:port; empty means the address of this machine and aggregator.port"));

    public static final Setting<List<String>> TOKENS = Setting.list(
                    "aggregator.tokens",
                    "",
                    "Tokens of operators, who may query and change gaps, separated by commas. Any of them is"
                            + " accepted, so that they can be rotated. Without tokens the operators' API is closed."
                            + " All instances need the same tokens")
            .secret();

    static final Setting<Optional<String>> TLS_KEY_STORE = Setting.optional(
            "aggregator.tls.keystore",
            "PKCS#12 file with key and certificate. If it is set, the operators' API is served over TLS, and the"
                    + " other instances are called over TLS. All instances need one, with a certificate for the host"
                    + " in aggregator.advertised that this JVM trusts. Replace the file to rotate the certificate");

    static final Setting<String> TLS_PASSWORD = Setting.text(
                    "aggregator.tls.keystore.password", "", "Password of the file in `aggregator.tls.keystore`")
            .secret();

    static final Setting<Boolean> PLAIN_PEERS = Setting.flag(
            "aggregator.peers.plain",
            false,
            "Whether the operators' token is sent to instances on other machines without TLS, so that anyone on the"
                    + " network between them can read it. If it is false and aggregator.tls.keystore is not set,"
                    + " only instances on this machine are called, and the gaps of the others are shown as unknown");

    private static final List<Setting<?>> OF_DOOR =
            List.of(PORT, ADVERTISED, TOKENS, TLS_KEY_STORE, TLS_PASSWORD, PLAIN_PEERS);

    private static final Duration TLS_SCAN = Duration.ofMinutes(1);

    private static final List<Setting<?>> OF_TOPICS = List.of(OUTPUT, HOLE_LIMIT, SETTLE);

    private AggregatorSettings() {}

    /// Names of the properties of Kafka Streams, which operators may set as those of Kafka's clients.
    public static Set<String> kafkaNames() {
        return StreamsConfig.configDef().names();
    }

    /// All of them, for an installation with these input topics, and numbers with settings of their own.
    public static List<Setting<?>> all(List<String> inputTopics, List<String> businessNumbers) {
        List<Setting<?>> all = new ArrayList<>(OF_NUMBERS);
        all.addAll(OF_TOPICS);
        for (String topic : inputTopics) {
            OF_NUMBERS.forEach(setting -> all.add(setting.forTopic(topic)));
            OF_TOPICS.forEach(setting -> all.add(setting.forTopic(topic)));
        }
        all.add(NUMBERS);
        for (String number : businessNumbers) {
            OF_NUMBERS.forEach(setting -> all.add(setting.forNumber(number)));
        }
        all.addAll(List.of(STATE_DIRECTORY, THREADS, STANDBYS, ROCKS_MEBIBYTES));
        all.addAll(OF_DOOR);
        return List.copyOf(all);
    }

    /// What was said for an input topic, or else for all.
    static <T> T of(Settings settings, Setting<T> setting, String topic) {
        return settings.get(setting.forTopic(topic)).orElseGet(() -> settings.get(setting));
    }

    /// The key store of the operators' door; empty if it is served without TLS.
    static Optional<HttpPort.KeyStore> keyStore(Settings settings) {
        return settings.get(TLS_KEY_STORE)
                .map(file -> HttpPort.KeyStore.at(TLS_KEY_STORE.name(), file, settings.get(TLS_PASSWORD), TLS_SCAN));
    }

    /// How instances talk to one another.
    static Peers.Transport transport(Settings settings) {
        return new Peers.Transport(settings.get(TLS_KEY_STORE).isPresent(), settings.get(PLAIN_PEERS));
    }

    /// Where this instance's door is reached.
    ///
    /// @param port the door's, once it is chosen
    static HostInfo advertised(Settings settings, int port) {
        Optional<String> said = settings.get(ADVERTISED);
        try {
            return said.isPresent()
                    ? HostInfo.buildFromEndpoint(said.get())
                    : new HostInfo(InetAddress.getLocalHost().getHostAddress(), port);
        } catch (ConfigException e) {
            throw new CannotStart(ADVERTISED.name() + " must be host:port", e);
        } catch (UnknownHostException e) {
            throw new CannotStart("The address of this machine is not known: set " + ADVERTISED.name(), e);
        }
    }

    /// The policy of an input topic.
    static InputPolicy policy(Settings settings, String topic) {
        Map<String, TurnPolicy> byNumber = new HashMap<>();
        for (String number : settings.get(NUMBERS)) {
            byNumber.put(number, turns(new OfNumber(settings, topic, number)));
        }
        return new InputPolicy(
                turns(new OfTopic(settings, topic)),
                byNumber,
                new InputPolicy.HoleRule(of(settings, HOLE_LIMIT, topic), of(settings, SETTLE, topic)),
                settings.get(TopicSettings.ACK_TIMEOUT));
    }

    /// The topics that turns go to, of all input topics.
    public static List<String> outputs(Settings settings) {
        return settings.get(TopicSettings.INPUTS).stream()
                .map(topic -> of(settings, OUTPUT, topic))
                .distinct()
                .toList();
    }

    static TurnTopology.Spec spec(Settings settings, String topic) {
        String output = of(settings, OUTPUT, topic);
        if (settings.get(TopicSettings.INPUTS).contains(output)) {
            throw new CannotStart(OUTPUT.name() + " of " + topic + " is " + output
                    + ", which is an input topic: turns must go to a topic of their own");
        }
        return new TurnTopology.Spec(topic, output, policy(settings, topic));
    }

    /// Where the settings of a turn are looked up.
    private interface Lookup {
        <T> T get(Setting<T> setting);
    }

    private record OfTopic(Settings settings, String topic) implements Lookup {
        @Override
        public <T> T get(Setting<T> setting) {
            return of(settings, setting, topic);
        }
    }

    private record OfNumber(Settings settings, String topic, String number) implements Lookup {
        @Override
        public <T> T get(Setting<T> setting) {
            return settings.get(setting.forNumber(number)).orElseGet(() -> of(settings, setting, topic));
        }
    }

    private static List<String> flushWords(String text) {
        List<String> words = Setting.words(text);
        if (words.stream().anyMatch(word -> TurnPolicy.bare(word).isEmpty())) {
            throw new IllegalArgumentException("must be words with a letter or a digit");
        }
        return words;
    }

    private static TurnPolicy turns(Lookup said) {
        Duration gap = said.get(GAP);
        if (!gap.isZero() && gap.compareTo(SHORTEST_GAP) < 0) {
            throw new CannotStart(GAP.name() + " (" + Durations.text(gap) + ") must be at least "
                    + Durations.text(SHORTEST_GAP) + ", or 0ms, for a topic or number");
        }
        if (gap.compareTo(said.get(MAX_DURATION)) > 0) {
            throw new CannotStart(GAP.name() + " (" + Durations.text(gap) + ") must not be more than "
                    + MAX_DURATION.name() + " (" + Durations.text(said.get(MAX_DURATION)) + "), for a topic or number");
        }
        return new TurnPolicy(
                gap,
                said.get(MAX_DURATION),
                said.get(MAX_MESSAGES),
                said.get(MAX_BYTES),
                Set.copyOf(said.get(FLUSH_WORDS)),
                said.get(JOINER),
                new KindPolicy(said.get(KINDS_OPEN), said.get(KINDS_END), said.get(KINDS_HIDDEN)));
    }

    private static String joiner(String text) {
        String joiner;
        try {
            joiner = text.translateEscapes();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be text in which a backslash begins an escape such as \\n", e);
        }
        if (joiner.length() > MAX_JOINER) {
            throw new IllegalArgumentException("must have at most " + MAX_JOINER + " characters");
        }
        return joiner;
    }

    private static Setting<Set<ContentKind>> kinds(String name, Set<ContentKind> byDefault, String description) {
        String words = byDefault.stream().sorted().map(ContentKind::word).collect(Collectors.joining(","));
        return Setting.of(name, words, description, AggregatorSettings::kinds);
    }

    private static Set<ContentKind> kinds(String text) {
        Set<ContentKind> kinds = EnumSet.noneOf(ContentKind.class);
        for (String word : Setting.words(text)) {
            ContentKind kind = ContentKind.of(word);
            if (!kind.word().equals(word)) {
                throw new IllegalArgumentException("must be kinds of messages, separated by commas: "
                        + Arrays.stream(ContentKind.values())
                                .map(ContentKind::word)
                                .collect(Collectors.joining(", ")));
            }
            kinds.add(kind);
        }
        return kinds;
    }
}
