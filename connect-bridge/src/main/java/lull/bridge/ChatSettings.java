package lull.bridge;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.bridge.chats.TokenCipher;
import lull.bridge.inbound.ChatOptions;
import lull.bridge.inbound.TurnOptions;
import lull.bridge.inbound.attachments.FileRules;
import lull.bridge.inbound.attachments.PngConverter;
import lull.bridge.inbound.attachments.SoundProgram;
import lull.bridge.inbound.attachments.WavConverter;
import lull.bridge.text.AgentTexts;
import lull.connect.CircuitRules;
import lull.connect.Rates;
import lull.runtime.CannotStart;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.whatsapp.MediaFolder;
import lull.whatsapp.TokenHosts;
import lull.whatsapp.WhatsAppFiles;

/// The settings of chats: what they are like, what agents read, and which files are attached.
public final class ChatSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long MEBIBYTE = 1L << 20;

    public static final Setting<Optional<String>> INSTALLATION = Setting.optional(
            "connect.installation",
            "Name that distinguishes this installation from others that use the same Amazon Connect instance; empty"
                    + " means Kafka's cluster id");

    public static final Setting<List<String>> NUMBERS = Formats.BUSINESS_NUMBER.ofEach(Setting.list(
            "connect.numbers",
            "",
            "Business numbers, by WhatsApp's phone number id, that have their own settings, such as"
                    + " `connect.contact.flow.id.<number>` or `whatsapp.access.token.<number>`"));

    public static final Setting<String> DISPLAY_NAME = Setting.text(
                    "connect.display.name",
                    "{name}",
                    "Name of a customer that agents see; `{name}`, `{phone}` and `{number}` (the business number)"
                            + " are replaced")
            .checked(text -> !text.isBlank(), "must not be empty");

    public static final Setting<Map<String, String>> ATTRIBUTES = Formats.WORD.ofNames(Setting.pairs(
            "connect.attributes",
            "",
            "Contact attributes of new chats, in addition to Lull's own, as name=value, separated by commas"));

    public static final Setting<Boolean> PERSISTENT = Setting.flag(
            "connect.persistent.chat",
            false,
            "Whether a new chat shows the transcript of the customer's previous one (Amazon Connect's persistent"
                    + " chat)");

    public static final Setting<TokenCipher> TOKEN_KEYS = Setting.of(
                    "chat.token.keys",
                    "",
                    "Keys that encrypt the tokens of chats in connect.chat, as name=base64 of 16, 24 or 32 bytes,"
                            + " separated by commas: the first one encrypts, all of them decrypt. Without keys the"
                            + " tokens are not encrypted",
                    TokenCipher::of)
            .secret();

    public static final Setting<Integer> BRIDGES = Setting.number(
            "connect.bridges",
            1,
            1,
            1000,
            "Number of bridges that share the quotas of Amazon Connect: each uses its share of `connect.rates`");

    public static final Setting<Rates> RATES = Setting.of(
            "connect.rates",
            Rates.DEFAULT,
            "Rate (calls per second) and burst that Amazon Connect allows in each Region, as operation=rate/burst,"
                    + " separated by commas. Raise them when AWS raises your quotas. `none` limits calls only while"
                    + " Amazon Connect throttles",
            Rates::of);

    public static final Setting<Integer> CIRCUIT_FAILURES = Setting.number(
            "connect.circuit.failures",
            20,
            0,
            10_000,
            "Failures in a row after which the circuit of an Amazon Connect operation opens, so that the operation"
                    + " is not called for a while; 0 means never");

    public static final Setting<Duration> CIRCUIT_FIRST = Setting.duration(
            "connect.circuit.first", "2s", Duration.ofMillis(100), HOUR, "How long a circuit stays open at first");

    public static final Setting<Duration> CIRCUIT_MOST = Setting.duration(
            "connect.circuit.most",
            "30s",
            Duration.ofMillis(100),
            HOUR,
            "Maximum time that a circuit stays open; the time doubles with each trial call that fails");

    public static final Setting<String> LANGUAGE = Formats.AGENT_LANGUAGE.of(Setting.text(
            "agent.language",
            "en",
            "Language of the texts that agents read in place of content that is not text: en or de"));

    public static final Setting<Optional<String>> TEXTS =
            Setting.optional("agent.texts", "File with lines that override those of `agent.language`");

    public static final Setting<Integer> QUOTES = Setting.number(
            "agent.quotes",
            50_000,
            0,
            1_000_000,
            "Number of messages to and from customers whose first words are remembered, so that agents see what an"
                    + " answer, a reaction, an edit or a deletion refers to; about 30 MB of heap for each 50,000."
                    + " Each bridge reads them from Kafka at the start. 0 turns quotes off");

    public static final Setting<Duration> QUOTE_WINDOW = Setting.duration(
            "agent.quotes.window",
            "7d",
            Duration.ofMinutes(1),
            Duration.ofDays(365),
            "Maximum age of these messages when a bridge starts; messages older than the retention of turns and"
                    + " replies in Kafka are not available");

    public static final Setting<Boolean> ATTACHMENTS = Setting.flag(
            "attachments", true, "Whether customers' files are attached to chats; if not, agents read a note instead");

    public static final Setting<List<String>> ATTACHMENT_EXTENSIONS = Formats.EXTENSION.ofEach(Setting.list(
            "attachments.extensions",
            "csv,doc,docx,heic,jfif,jpeg,jpg,mov,mp4,pdf,png,ppt,pptx,rtf,txt,wav,xls,xlsx",
            "File name extensions that the Amazon Connect instance accepts"));

    public static final Setting<Integer> ATTACHMENT_MEBIBYTES = Setting.number(
            "attachments.max.mebibytes", 20, 1, 100, "Maximum size of a file that Amazon Connect accepts, in MiB");

    public static final Setting<Duration> ATTACHMENT_PATIENCE = Setting.duration(
            "attachments.patience",
            "2m",
            Duration.ZERO,
            HOUR,
            "How long a conversation waits for a file that cannot be downloaded from WhatsApp; after that the agent"
                    + " reads a note instead");

    public static final Setting<Duration> TRANSFER_TIMEOUT = Setting.duration(
            "attachments.transfer.timeout", "1m", SECOND, HOUR, "Timeout of one download or upload of a file");

    public static final Setting<String> VOICE_CONVERTER = Setting.text(
            "voice.converter",
            "ffmpeg",
            "Program that converts audio files other than voice notes (AMR, AAC, MP3 and the like) to WAV, called"
                    + " with ffmpeg's arguments: a path, or a name that is searched in `PATH`. If it is not found,"
                    + " or set to `none`, agents read a note instead. Voice notes (Opus in Ogg) need no program");

    public static final Setting<Duration> VOICE_TIMEOUT = Setting.duration(
            "voice.timeout",
            "30s",
            SECOND,
            HOUR,
            "How long the conversion of one audio file may take before it is aborted");

    public static final Setting<Duration> VOICE_CPU = Setting.duration(
            "voice.cpu.time",
            "20s",
            SECOND,
            HOUR,
            "CPU time that `voice.converter` may use for one audio file, in whole seconds, before it is aborted");

    public static final Setting<Integer> VOICE_MEBIBYTES = Setting.number(
            "voice.memory.mebibytes",
            1024,
            0,
            65_536,
            "Memory (address space) that `voice.converter` may use for one audio file, in MiB; 0 means no limit."
                    + " Use 0 on systems whose `ulimit -v` has no effect, such as macOS");

    public static final Setting<Integer> VOICE_PROCESSES = Setting.number(
            "voice.processes",
            2,
            1,
            1000,
            "Maximum number of `voice.converter` processes at a time; further audio files wait");

    public static final Setting<Integer> PICTURE_PIXELS = Setting.number(
            "picture.max.pixels",
            4_194_304,
            65_536,
            268_435_456,
            "Maximum width times height of a WebP picture, such as a sticker, that is converted to PNG; for a larger"
                    + " one the agent reads a note instead");

    public static final Setting<Integer> PICTURE_MEBIBYTES = Setting.number(
            "picture.memory.mebibytes",
            128,
            32,
            65_536,
            "Heap of the process that converts one picture, in MiB; it is not part of the bridge's heap. The process needs"
                    + " about 64 MiB more. A picture that needs more heap is not converted");

    public static final Setting<Duration> PICTURE_TIMEOUT = Setting.duration(
            "picture.timeout",
            "20s",
            SECOND,
            HOUR,
            "How long the conversion of one picture may take before it is aborted");

    public static final Setting<Integer> PICTURE_PROCESSES = Setting.number(
            "picture.processes",
            1,
            1,
            1000,
            "Maximum number of pictures that are converted at a time, each by a process of its own; further ones wait");

    public static final Setting<Integer> MEDIA_PLACES = Setting.number(
            "media.places",
            16,
            1,
            1000,
            "Maximum number of files in `media.folder` at a time; each needs up to twice"
                    + " `attachments.max.mebibytes`, or `store.max.mebibytes`");

    public static final Setting<Optional<String>> MEDIA_FOLDER = Setting.optional(
            "media.folder",
            "Folder for customers' files while they are transferred; only this process may use it. Empty means a"
                    + " folder in the system's directory for temporary files");

    /// All of them.
    static final List<Setting<?>> ALL = List.of(
            INSTALLATION,
            NUMBERS,
            DISPLAY_NAME,
            ATTRIBUTES,
            PERSISTENT,
            TOKEN_KEYS,
            BRIDGES,
            RATES,
            CIRCUIT_FAILURES,
            CIRCUIT_FIRST,
            CIRCUIT_MOST,
            LANGUAGE,
            TEXTS,
            QUOTES,
            QUOTE_WINDOW,
            ATTACHMENTS,
            ATTACHMENT_EXTENSIONS,
            ATTACHMENT_MEBIBYTES,
            ATTACHMENT_PATIENCE,
            TRANSFER_TIMEOUT,
            VOICE_CONVERTER,
            VOICE_TIMEOUT,
            VOICE_CPU,
            VOICE_MEBIBYTES,
            VOICE_PROCESSES,
            PICTURE_PIXELS,
            PICTURE_MEBIBYTES,
            PICTURE_TIMEOUT,
            PICTURE_PROCESSES,
            MEDIA_PLACES,
            MEDIA_FOLDER);

    /// Where temporary files are.
    static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private ChatSettings() {}

    /// What may be said for each of these business numbers too.
    static Stream<Setting<?>> ofNumbers(List<String> businessNumbers) {
        List<Setting<?>> all = List.of(
                BridgeSettings.INSTANCE_ID,
                BridgeSettings.CONTACT_FLOW_ID,
                BridgeSettings.REGION,
                BridgeSettings.STREAMING_TOPIC_ARN,
                BridgeSettings.CONNECT_ENDPOINT,
                BridgeSettings.PARTICIPANT_ENDPOINT,
                BridgeSettings.CHAT_DURATION,
                BridgeSettings.ACCESS_TOKEN,
                BridgeSettings.GRAPH_VERSION,
                OutboundSettings.EUM_REGION,
                SocialFileSettings.BUCKET,
                DISPLAY_NAME,
                ATTRIBUTES);
        return businessNumbers.stream().flatMap(number -> all.stream().map(setting -> setting.forNumber(number)));
    }

    /// The value of a setting for one of [#NUMBERS].
    static <T> T ofNumber(Settings settings, String number, Setting<T> setting) {
        return new OfNumber(settings, number).get(setting);
    }

    /// @param clusterId of Kafka, which names the installation where nothing else does
    static TurnOptions turns(Settings settings, String clusterId) {
        Map<String, ChatOptions> ofNumbers = new HashMap<>();
        for (String number : settings.get(NUMBERS)) {
            ofNumbers.put(number, chats(new OfNumber(settings, number)));
        }
        return new TurnOptions(
                settings.get(INSTALLATION).orElse(clusterId),
                chats(settings::get),
                ofNumbers,
                AgentTexts.load(settings.get(LANGUAGE), settings.get(TEXTS).map(Path::of)),
                settings.get(ATTACHMENTS),
                settings.get(BridgeSettings.MAX_CHARACTERS),
                settings.get(BridgeSettings.INITIAL_MESSAGE),
                settings.get(PERSISTENT),
                settings.get(BridgeSettings.CONTENT_TYPES),
                settings.get(BridgeSettings.REFRESH_BEFORE),
                settings.get(BridgeSettings.QUOTA_WAIT));
    }

    /// How chats are opened: of all business numbers that say nothing else, and of each that does.
    static List<ChatOptions> options(Settings settings) {
        List<ChatOptions> all = new ArrayList<>();
        all.add(chats(settings::get));
        settings.get(NUMBERS).forEach(number -> all.add(chats(new OfNumber(settings, number))));
        return all;
    }

    static FileRules files(Settings settings) {
        return new FileRules(
                settings.get(ATTACHMENT_EXTENSIONS).stream()
                        .map(extension -> extension.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                settings.get(ATTACHMENT_MEBIBYTES) * MEBIBYTE);
    }

    static WhatsAppFiles.Options media(Settings settings) {
        return new WhatsAppFiles.Options(
                settings.get(BridgeSettings.GRAPH_ENDPOINT),
                new TokenHosts(settings.get(BridgeSettings.GRAPH_ENDPOINT), settings.get(BridgeSettings.MEDIA_HOSTS)),
                BridgeSettings.access(settings),
                BridgeSettings.CONNECT_TIMEOUT,
                settings.get(BridgeSettings.GRAPH_CALL_TIMEOUT),
                settings.get(TRANSFER_TIMEOUT),
                StoreSettings.maxBytes(settings, settings.get(ATTACHMENT_MEBIBYTES) * MEBIBYTE));
    }

    /// What makes WAVs; throws [CannotStart] if a path is given at which no program is.
    static WavConverter sounds(Settings settings, String path) {
        String program = settings.get(VOICE_CONVERTER);
        Duration timeout = settings.get(VOICE_TIMEOUT);
        Optional<SoundProgram> found = SoundProgram.find(
                program,
                path,
                new SoundProgram.Bounds(
                        timeout,
                        settings.get(VOICE_CPU),
                        settings.get(VOICE_MEBIBYTES),
                        settings.get(VOICE_PROCESSES)));
        if (found.isEmpty() && program.contains(File.separator)) {
            throw new CannotStart(VOICE_CONVERTER.name()
                    + " is not a program that can be run with limits of CPU time and memory: " + program);
        }
        return new WavConverter(found, timeout);
    }

    /// The converter of pictures to PNG.
    static PngConverter pictures(Settings settings) {
        return new PngConverter(new PngConverter.Bounds(
                settings.get(PICTURE_PIXELS),
                settings.get(PICTURE_MEBIBYTES),
                settings.get(PICTURE_TIMEOUT),
                settings.get(PICTURE_PROCESSES)));
    }

    static CircuitRules circuit(Settings settings) {
        return new CircuitRules(
                settings.get(CIRCUIT_FAILURES), settings.get(CIRCUIT_FIRST), settings.get(CIRCUIT_MOST));
    }

    /// The folder for files; one of this process where none is set.
    static MediaFolder mediaFolder(Settings settings, int places) {
        return settings.get(MEDIA_FOLDER)
                .map(folder -> MediaFolder.open(Path.of(folder), places))
                .orElseGet(() -> MediaFolder.ofProcess(TEMPORARY, "lull-media", places));
    }

    /// Where the settings of chats are looked up.
    private interface Lookup {
        <T> T get(Setting<T> setting);
    }

    private record OfNumber(Settings settings, String number) implements Lookup {
        @Override
        public <T> T get(Setting<T> setting) {
            return settings.get(setting.forNumber(number)).orElseGet(() -> settings.get(setting));
        }
    }

    private static ChatOptions chats(Lookup said) {
        return new ChatOptions(
                said.get(BridgeSettings.INSTANCE_ID),
                said.get(BridgeSettings.CONTACT_FLOW_ID),
                said.get(BridgeSettings.STREAMING_TOPIC_ARN),
                said.get(BridgeSettings.CHAT_DURATION),
                said.get(DISPLAY_NAME),
                said.get(ATTRIBUTES));
    }
}
