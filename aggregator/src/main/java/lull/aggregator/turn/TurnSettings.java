package lull.aggregator.turn;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lull.aggregator.route.RouteSettings;
import lull.contract.message.ContentKind;
import lull.contract.message.GapRule;
import lull.runtime.CannotStart;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.settings.Durations;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of turns. Each may be set for one input topic, as in `turn.gap.<topic>`, and most of them
/// for one business number, as in `turn.gap.<number>`, which overrides that.
public final class TurnSettings {

    /// The minimum gap other than zero: ticks are not written more often than this.
    public static final Duration SHORTEST_GAP = Duration.ofMillis(100);

    /// The maximum gap.
    public static final Duration MAX_GAP = Duration.ofMinutes(10);

    /// The minimum time to settle after a hole: a producer that has just failed to connect retries
    /// twice and then writes what it holds.
    static final Duration SHORTEST_SETTLE =
            TopicSettings.INPUT_RECONNECT_BACK_OFF.multipliedBy(2).plusMillis(500);

    private static final Duration LONGEST_SETTLE = Duration.ofMinutes(1);

    private static final int MAX_JOINER = 16;

    private static final int MAX_URGENT_WORDS = 1_000;

    /// What begins an entry that is not a word itself.
    private static final String LANGUAGE = "lang:";

    private static final String FILE = "file:";

    public static final Setting<Duration> GAP = Setting.duration(
            "turn.gap",
            "5s",
            Duration.ZERO,
            MAX_GAP,
            "Silence that ends a turn, at least 100ms; 0ms makes each message a turn. A longer gap joins more"
                    + " messages and makes agents wait longer");

    public static final Setting<GapRule.Policy> POLICY = Setting.of(
            "turn.gap.policy",
            GapRule.Policy.FIXED.word(),
            "What decides how long to wait: `fixed` (the gap), `adaptive` (a wait for each message, from the message,"
                    + " its sender and the business, with as many cut thoughts as the gap), or `shadow` (the gap, and what the adaptive"
                    + " gap would have done is recorded); see docs/gap.md",
            GapRule.Policy::of);

    public static final Setting<Optional<Double>> LAMBDA = Setting.of(
            "turn.gap.lambda",
            "",
            "Seconds of delay that one cut thought is worth to the adaptive gap; empty: so many that it cuts as many"
                    + " thoughts as the gap",
            TurnSettings::lambda);

    public static final Setting<Duration> FLOOR = Setting.duration(
            "turn.gap.floor", "2s", Duration.ZERO, GapRule.LONGEST, "Shortest wait of the adaptive gap");

    public static final Setting<Optional<Duration>> CAP = Setting.of(
            "turn.gap.cap",
            "",
            "Longest wait of the adaptive gap; empty: twice the gap, or turn.max.duration if that is less",
            TurnSettings::cap);

    public static final Setting<Duration> ALBUM_WINDOW = Setting.duration(
            "turn.album.window",
            Durations.text(TurnPolicy.ALBUM_WINDOW),
            Duration.ZERO,
            Duration.ofSeconds(30),
            "How long to wait at least after a photo or another file, whatever the gap, because more files of the same"
                    + " album may follow; 0ms turns it off");

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
            TurnSettings::flushWords);

    public static final Setting<Set<String>> URGENT_WORDS = Setting.of(
            "turn.urgent.words",
            "",
            "Words or phrases that end a turn at once and make it urgent if a text or caption contains one as a whole"
                    + " word, separated by commas; case is ignored. `lang:en` stands for a list of a language ("
                    + String.join(", ", UrgentWords.LANGUAGES)
                    + "), and `file:PATH` for a file with one in each line, in UTF-8",
            TurnSettings::urgentWords);

    public static final Setting<Duration> HOLE_LIMIT = Setting.duration(
            "turn.hole.limit",
            "500ms",
            Duration.ofMillis(100),
            Duration.ofMinutes(1),
            "How far past a deadline the timestamps of the log may jump before this counts as a hole (a"
                    + " discontinuity of the log)");

    public static final Setting<Duration> SETTLE = Setting.of(
            "turn.settle",
            Durations.text(SHORTEST_SETTLE),
            "How long no turn is ended by time after a hole; the minimum is twice the ingress producer's reconnect"
                    + " back-off (" + Durations.text(TopicSettings.INPUT_RECONNECT_BACK_OFF)
                    + ") plus 500ms. Set it to 3s with MSK IAM (" + settleRange() + ")",
            TurnSettings::settle);

    public static final Setting<String> JOINER = Setting.of(
            "turn.joiner",
            "\\n",
            "Separator between the texts of a turn, up to " + MAX_JOINER + " characters; `\\n` is a line break",
            TurnSettings::joiner);

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

    /// Settings that may also be set for a business number, which overrides that of its topic.
    public static final List<Setting<?>> OF_NUMBERS = List.of(
            GAP,
            POLICY,
            LAMBDA,
            FLOOR,
            CAP,
            ALBUM_WINDOW,
            MAX_DURATION,
            MAX_MESSAGES,
            MAX_BYTES,
            FLUSH_WORDS,
            URGENT_WORDS,
            JOINER,
            KINDS_OPEN,
            KINDS_END,
            KINDS_HIDDEN);

    /// What may be set for an input topic, but not for a business number.
    public static final List<Setting<?>> OF_TOPICS = List.of(HOLE_LIMIT, SETTLE);

    private TurnSettings() {}

    /// Returns the value for an input topic, or else the value for all topics.
    public static <T> T of(Settings settings, Setting<T> setting, String topic) {
        return settings.get(setting.forTopic(topic)).orElseGet(() -> settings.get(setting));
    }

    /// The policy of an input topic.
    public static InputPolicy policy(Settings settings, String topic) {
        Map<String, TurnPolicy> byNumber = new HashMap<>();
        for (String number : settings.get(NUMBERS)) {
            byNumber.put(number, turns(new OfNumber(settings, topic, number)));
        }
        return new InputPolicy(
                turns(new OfTopic(settings, topic)),
                byNumber,
                new InputPolicy.HolePolicy(of(settings, HOLE_LIMIT, topic), of(settings, SETTLE, topic)),
                settings.get(TopicSettings.ACK_TIMEOUT),
                RouteSettings.routing(settings, topic),
                ownNumbers(settings, List.of(GAP)),
                ownNumbers(settings, List.of(POLICY, LAMBDA, FLOOR, CAP)));
    }

    /// Returns the business numbers for which one of these is set alone.
    private static Set<String> ownNumbers(Settings settings, List<Setting<?>> ofThese) {
        return settings.get(NUMBERS).stream()
                .filter(number -> ofThese.stream()
                        .anyMatch(setting ->
                                settings.get(setting.forNumber(number)).isPresent()))
                .collect(Collectors.toSet());
    }

    /// Lookup of the settings of a turn.
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

    private static Set<String> urgentWords(String text) {
        Set<String> words = new HashSet<>();
        for (String entry : Setting.words(text)) {
            if (entry.startsWith(LANGUAGE)) {
                words.addAll(urgentWordsOf(entry.substring(LANGUAGE.length())));
            } else if (entry.startsWith(FILE)) {
                words.addAll(urgentWordsIn(entry.substring(FILE.length())));
            } else {
                words.add(entry);
            }
        }
        if (words.stream().anyMatch(word -> UrgentWords.folded(word).isEmpty())) {
            throw new IllegalArgumentException("must be words with a character that can be seen");
        }
        if (words.size() > MAX_URGENT_WORDS) {
            throw new IllegalArgumentException("must be at most " + MAX_URGENT_WORDS + " words");
        }
        return words;
    }

    private static List<String> urgentWordsOf(String language) {
        if (!UrgentWords.LANGUAGES.contains(language)) {
            throw new IllegalArgumentException("names the language " + language + ", and must name one of "
                    + String.join(", ", UrgentWords.LANGUAGES) + ": list the words of another language themselves");
        }
        return UrgentWords.ofLanguage(language);
    }

    private static List<String> urgentWordsIn(String file) {
        try {
            return UrgentWords.inLines(Files.readString(Path.of(file)));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("names the file " + file + ", which does not exist", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("names the file " + file + ", which must be text in UTF-8", e);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "names the file " + file + ", which this process must be able to read", e);
        }
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
                rule(said),
                said.get(ALBUM_WINDOW),
                said.get(MAX_DURATION),
                said.get(MAX_MESSAGES),
                said.get(MAX_BYTES),
                Set.copyOf(said.get(FLUSH_WORDS)),
                said.get(JOINER),
                new KindPolicy(said.get(KINDS_OPEN), said.get(KINDS_END), said.get(KINDS_HIDDEN)),
                said.get(URGENT_WORDS));
    }

    private static GapRule rule(Lookup said) {
        try {
            return new GapRule(
                    said.get(POLICY),
                    said.get(LAMBDA).orElse(null),
                    said.get(FLOOR),
                    said.get(CAP).orElse(null));
        } catch (IllegalArgumentException e) {
            throw new CannotStart(CAP.name() + " must be at least " + FLOOR.name() + " ("
                    + Durations.text(said.get(FLOOR)) + "), for a topic or number");
        }
    }

    private static Optional<Double> lambda(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        double lambda;
        try {
            lambda = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a number of seconds such as 66", e);
        }
        if (!(lambda >= GapRule.LEAST_LAMBDA && lambda <= GapRule.MAX_LAMBDA)) {
            throw new IllegalArgumentException("must be from " + GapRule.LEAST_LAMBDA + " to "
                    + (int) GapRule.MAX_LAMBDA + " seconds, but it is " + lambda);
        }
        return Optional.of(lambda);
    }

    private static Optional<Duration> cap(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        Duration cap = Durations.parse(text);
        if (!cap.isPositive() || cap.compareTo(GapRule.LONGEST) > 0) {
            throw new IllegalArgumentException("must be above 0 and at most " + Durations.text(GapRule.LONGEST));
        }
        return Optional.of(cap);
    }

    private static Duration settle(String text) {
        Duration settle = Durations.parse(text);
        if (settle.compareTo(SHORTEST_SETTLE) < 0 || settle.compareTo(LONGEST_SETTLE) > 0) {
            throw new IllegalArgumentException("must be from " + settleRange()
                    + ": with less than twice the reconnect back-off of the ingress's producer ("
                    + Durations.text(TopicSettings.INPUT_RECONNECT_BACK_OFF)
                    + ") plus 500ms, messages that the ingress holds during a failover become separate turns");
        }
        return settle;
    }

    private static String settleRange() {
        return Durations.text(SHORTEST_SETTLE) + " to " + Durations.text(LONGEST_SETTLE);
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
        return Setting.of(name, words, description, TurnSettings::kinds);
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
