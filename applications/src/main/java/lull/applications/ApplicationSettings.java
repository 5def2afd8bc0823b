package lull.applications;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import lull.applications.assistant.AssistantSettings;
import lull.chatwoot.ChatwootSettings;
import lull.lanes.LaneSettings;
import lull.lanes.results.ResultLogSettings;
import lull.runtime.aws.AwsSettings;
import lull.runtime.http.CallSettings;
import lull.runtime.http.WebhookSecrets;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.Formats;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.text.TextSettings;
import lull.voice.TranscriberSettings;
import lull.whatsapp.AppSettings;
import lull.whatsapp.MediaSettings;
import lull.whatsapp.SocialSettings;
import lull.whatsapp.WhatsAppSettings;
import lull.whatsapp.channel.ChannelSettings;

/// Settings of the process that gives turns to applications, and of each application.
public final class ApplicationSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int KIBIBYTE = 1024;
    private static final int MEBIBYTE = 1024 * KIBIBYTE;

    public static final Setting<Duration> PATIENCE = Setting.duration(
            "applications.patience",
            "15m",
            SECOND,
            Duration.ofHours(24),
            "How long a turn is tried, from its first attempt, until it counts as refused");

    public static final Setting<Duration> CHAT_WITHIN = Setting.duration(
            "applications.chat.within",
            "15m",
            SECOND,
            Duration.ofHours(24),
            "How long after a hand-over the chat may open. If it has not, the application gets turns again");

    public static final Setting<Integer> MAX_BYTES = Setting.number(
            "applications.max.bytes",
            MEBIBYTE,
            KIBIBYTE,
            8 * MEBIBYTE,
            "Maximum size of a turn as JSON; a larger one is refused");

    public static final Setting<Integer> MAX_ANSWER_BYTES = Setting.number(
            "applications.answer.max.bytes",
            256 * KIBIBYTE,
            KIBIBYTE,
            MEBIBYTE,
            "Maximum size of an application's answer; a larger one is not read");

    public static final Setting<Optional<URI>> ARCHIVE_URL = Setting.optionalUri(
            "applications.archive.url",
            "URL of the archive's API, such as http://10.0.0.7:8084, from which assistants read what was said in a"
                    + " conversation before, by agents too. Empty means that they read only what they said themselves");

    public static final Setting<List<String>> ARCHIVE_TOKEN = Formats.TOKEN
            .ofEach(Setting.list(
                    "applications.archive.token",
                    "",
                    "One of archive.tokens, with which assistants read the archive. Of several, separated by commas, it is"
                            + " the first, so that both can have the same file"))
            .secret();

    public static final Setting<Duration> ARCHIVE_TIMEOUT = Setting.duration(
            "applications.archive.timeout",
            "2s",
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            "Timeout of a question to the archive; after that an assistant reads only what it said itself");

    public static final Setting<Boolean> ARCHIVE_PLAIN = Setting.flag(
            "applications.archive.plain",
            false,
            "Whether the archive's token may be sent to another machine without TLS, in a network that nobody else can"
                    + " read");

    public static final Setting<Optional<String>> ARCHIVE_CA = Setting.optional(
            "applications.archive.ca",
            "PEM file with certificates of authorities that are trusted for the archive in addition to those of Java");

    /// All settings, except those of single destinations.
    public static final List<Setting<?>> ALL = Stream.of(
                    AwsSettings.ALL,
                    LaneSettings.ALL,
                    ResultLogSettings.ALL,
                    DestinationSettings.ALL,
                    NumberSettings.ALL,
                    CallSettings.ALL,
                    WhatsAppSettings.ALL,
                    SocialSettings.ALL,
                    MediaSettings.ALL,
                    ChannelSettings.ALL,
                    AppSettings.ALL,
                    TextSettings.ALL,
                    TranscriberSettings.ALL,
                    List.of(PATIENCE, CHAT_WITHIN, MAX_BYTES, MAX_ANSWER_BYTES),
                    List.of(ARCHIVE_URL, ARCHIVE_TOKEN, ARCHIVE_TIMEOUT, ARCHIVE_PLAIN, ARCHIVE_CA))
            .<Setting<?>>flatMap(List::stream)
            .toList();

    /// What becomes of turns that an application refuses.
    public enum Refused {
        /// They go to Amazon Connect, with the reason.
        CONNECT,
        /// They are dead letters.
        DEAD_LETTER;

        private static Refused of(String word) {
            return Arrays.stream(values())
                    .filter(refused -> refused.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("must be connect or dead_letter"));
        }
    }

    private ApplicationSettings() {}

    /// Returns all settings of an installation with these destinations.
    public static List<Setting<?>> all(List<String> destinations) {
        return all(destinations, List.of(), List.of());
    }

    /// Returns all settings of an installation with these destinations, business numbers with settings of
    /// their own, and channels besides WhatsApp.
    public static List<Setting<?>> all(List<String> destinations, List<String> businessNumbers, List<String> channels) {
        List<Setting<?>> all = new ArrayList<>(ALL);
        for (String number : businessNumbers) {
            WhatsAppSettings.OF_NUMBERS.forEach(setting -> all.add(setting.forNumber(number)));
            SocialSettings.OF_NUMBERS.forEach(setting -> all.add(setting.forNumber(number)));
            AwsSettings.OF_NUMBERS.forEach(setting -> all.add(setting.forNumber(number)));
        }
        destinations.forEach(destination -> all.addAll(ofDestination(destination)));
        channels.forEach(channel -> all.addAll(ChannelSettings.ofChannel(channel)));
        return List.copyOf(all);
    }

    /// Returns the settings of a destination.
    public static List<Setting<?>> ofDestination(String destination) {
        List<Setting<?>> all = new ArrayList<>(ofAnyKind(destination));
        all.addAll(AssistantSettings.ofDestination(destination));
        all.addAll(ChatwootSettings.ofDestination(destination));
        all.add(maxMebibytes(destination));
        return List.copyOf(all);
    }

    private static List<Setting<?>> ofAnyKind(String destination) {
        return List.of(
                DestinationSettings.kind(destination),
                DestinationSettings.url(destination),
                DestinationSettings.early(destination),
                secrets(destination),
                function(destination),
                awaited(destination),
                queue(destination),
                region(destination),
                endpoint(destination),
                timeout(destination),
                parallel(destination),
                perSecond(destination),
                circuitFailures(destination),
                circuitMax(destination),
                maxReplies(destination),
                typing(destination),
                closed(destination),
                refused(destination));
    }

    /// The secrets by which it knows that a call is from Lull.
    static Setting<WebhookSecrets> secrets(String destination) {
        return Setting.of(
                        DestinationSettings.named(destination, "secrets"),
                        "",
                        "Secrets by which turns are signed, separated by commas, each `whsec_` and 24 to 64 bytes in"
                                + " base64; two at a time while they are rotated. Without any, turns are not signed; for the"
                                + " kind `http`. If a file holds them, it is read again when it changes, without a"
                                + " restart",
                        text -> WebhookSecrets.of(Setting.words(text)))
                .secret();
    }

    /// How large a file may be that it gets.
    static Setting<Integer> maxMebibytes(String destination) {
        return Setting.number(
                DestinationSettings.named(destination, "max.mebibytes"),
                40,
                1,
                100,
                "Maximum size of a customer's file that people in Chatwoot see, in MiB; for the kind `chatwoot`, which"
                        + " accepts 40 by default");
    }

    /// The function of an application on AWS Lambda.
    static Setting<Optional<String>> function(String destination) {
        return Setting.optional(
                DestinationSettings.named(destination, "function"),
                "Name or ARN of the function, with a version or alias if one is meant; for the kind `lambda`");
    }

    /// Whether the function's answer is awaited.
    static Setting<Boolean> awaited(String destination) {
        return Setting.flag(
                DestinationSettings.named(destination, "awaited"),
                true,
                "Whether what the function returns is the answer. If not, it answers by `POST /replies`; for the kind"
                        + " `lambda`");
    }

    /// The queue of an application that reads one.
    static Setting<Optional<String>> queue(String destination) {
        return Formats.SQS_QUEUE.ofOptional(Setting.optional(
                DestinationSettings.named(destination, "queue"),
                "Address of the queue; for the kind `sqs`. In a queue whose name ends in `.fifo` conversations keep their"
                        + " order"));
    }

    /// The Region of function and queue.
    static Setting<String> region(String destination) {
        return Formats.REGION.of(Setting.text(
                DestinationSettings.named(destination, "region"), "us-east-1", "AWS Region of function or queue"));
    }

    /// The endpoint of function and queue, if it is not AWS's own.
    static Setting<Optional<URI>> endpoint(String destination) {
        return Setting.optionalUri(
                DestinationSettings.named(destination, "endpoint"),
                "Endpoint of AWS Lambda or Amazon SQS, if it is not AWS's own");
    }

    /// How long a call may take.
    static Setting<Duration> timeout(String destination) {
        return Setting.duration(
                DestinationSettings.named(destination, "timeout"),
                "20s",
                Duration.ofMillis(100),
                Duration.ofMinutes(15),
                "Timeout of a call, from the connection to the end of the answer");
    }

    /// How many turns it gets at a time.
    static Setting<Integer> parallel(String destination) {
        return Setting.number(
                DestinationSettings.named(destination, "parallel"),
                32,
                1,
                1_000,
                "Maximum number of turns that the application gets at a time from this process");
    }

    /// How many turns it gets in a second.
    static Setting<Integer> perSecond(String destination) {
        return Setting.number(
                DestinationSettings.named(destination, "per.second"),
                100,
                1,
                10_000,
                "Maximum number of turns per second that the application gets from this process");
    }

    /// After how many failures in a row it gets no turns for a while.
    static Setting<Integer> circuitFailures(String destination) {
        return Setting.number(
                DestinationSettings.named(destination, "circuit.failures"),
                10,
                0,
                1_000,
                "After how many failed calls in a row the application gets no turns for a second, and after each failed"
                        + " trial for twice as long; 0 turns this off");
    }

    /// How long it gets no turns at most.
    static Setting<Duration> circuitMax(String destination) {
        return Setting.duration(
                DestinationSettings.named(destination, "circuit.max"),
                "1m",
                SECOND,
                Duration.ofHours(1),
                "Maximum time between two trials of an application that does not answer");
    }

    /// Whether customers see that it works.
    static Setting<Boolean> typing(String destination) {
        return Setting.flag(
                DestinationSettings.named(destination, "typing"),
                false,
                "Whether customers see a typing indicator while the application works on their turn, which also marks"
                        + " their messages as read; for at most 25 seconds. An assistant that answers shows it unless this"
                        + " is set to `false`. The flag `typing` overrides it live");
    }

    /// How many replies it may give to a turn.
    static Setting<Integer> maxReplies(String destination) {
        return Setting.number(
                DestinationSettings.named(destination, "max.replies"),
                10,
                0,
                100,
                "Maximum number of replies in an answer of the application; an answer with more is not used");
    }

    /// Whether it gets no turns any more.
    /// The settings that decide whether a destination rejects all turns, see [#rejectsAll].
    public static List<Setting<?>> ofRejecting(String destination) {
        return List.of(closed(destination), refused(destination));
    }

    /// Whether each turn of a destination becomes a dead letter, because it is closed.
    public static boolean rejectsAll(Settings settings, String destination) {
        return settings.get(closed(destination)) && settings.get(refused(destination)) == Refused.DEAD_LETTER;
    }

    static Setting<Boolean> closed(String destination) {
        return Setting.flag(
                DestinationSettings.named(destination, "closed"),
                false,
                "Whether the application gets no turns any more. Those that wait for it, and new ones, become what turns"
                        + " become that it refuses: with `connect` agents get them");
    }

    /// What becomes of turns that it refuses.
    static Setting<Refused> refused(String destination) {
        return Setting.of(
                DestinationSettings.named(destination, "refused"),
                "connect",
                "What becomes of turns that the application refuses, or does not accept in time: they go to Amazon"
                        + " Connect with the reason (`connect`), or to the dead letters (`dead_letter`). Those of an assistant always"
                        + " go to Amazon Connect",
                Refused::of);
    }
}
