package lull.bridge;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.bridge.pauses.NumberScopes;
import lull.connect.ConnectOptions;
import lull.lanes.BackOff;
import lull.lanes.Limits;
import lull.runtime.http.LocalHost;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.runtime.sns.SnsSettings;
import lull.whatsapp.GraphAccess;
import lull.whatsapp.GraphSender;

/// The settings of the bridge.
public final class BridgeSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    public static final Setting<Integer> PORT = Setting.number(
            "bridge.port",
            8083,
            0,
            65535,
            "Port of the SNS endpoint, used if `connect.event.doors` names https; 0 picks a free port");

    public static final Setting<Duration> ACK_TIMEOUT = Setting.duration(
            "bridge.ack.timeout",
            "10s",
            SECOND,
            MINUTE,
            "How long the bridge waits for the broker to acknowledge a record");

    public static final Setting<String> REGION =
            Formats.REGION.of(Setting.text("connect.region", "us-east-1", "AWS Region of the Amazon Connect instance"));

    public static final Setting<String> INSTANCE_ID =
            Formats.AWS_ID.of(Setting.required("connect.instance.id", "Id of the Amazon Connect instance"));

    public static final Setting<String> CONTACT_FLOW_ID =
            Formats.AWS_ID.of(Setting.required("connect.contact.flow.id", "Id of the contact flow of new chats"));

    public static final Setting<String> STREAMING_TOPIC_ARN = Formats.SNS_TOPIC.of(Setting.required(
            "connect.streaming.topic.arn",
            "ARN of the SNS topic that chats are streamed to; notifications of other topics are rejected"));

    private static final String TOKENS_IN_THE_CLEAR =
            "must use https, because tokens of chats are sent there; http is allowed only on this machine";

    public static final Setting<Optional<URI>> CONNECT_ENDPOINT = Setting.optionalUri(
                    "connect.endpoint",
                    "Endpoint of Amazon Connect, if it is not AWS's own; must use https unless it is on this"
                            + " machine, because it receives the tokens of chats")
            .checked(BridgeSettings::isSecure, TOKENS_IN_THE_CLEAR);

    public static final Setting<Optional<URI>> PARTICIPANT_ENDPOINT = Setting.optionalUri(
                    "connect.participant.endpoint",
                    "Endpoint of the Amazon Connect Participant Service, if it is not AWS's own; must use https"
                            + " unless it is on this machine")
            .checked(BridgeSettings::isSecure, TOKENS_IN_THE_CLEAR);

    public static final Setting<String> CREDENTIALS = Formats.CREDENTIALS.of(Setting.text(
            "connect.credentials",
            "default",
            "`default` uses the credentials that the AWS SDK finds; `placeholder` uses dummy credentials, for a"
                    + " stand-in that does not check them"));

    public static final Setting<Duration> CONNECT_CALL_TIMEOUT =
            Setting.duration("connect.call.timeout", "10s", SECOND, MINUTE, "Timeout of a call of Amazon Connect");

    public static final Setting<Integer> CONNECT_MAX_CONNECTIONS =
            Setting.number("connect.max.connections", 256, 1, 4096, "Maximum number of connections to Amazon Connect");

    public static final Setting<Boolean> INITIAL_MESSAGE = Setting.flag(
            "connect.initial.message",
            true,
            "Whether the first text of a chat is sent with the call that opens the chat, so that a contact flow"
                    + " that ends at once still receives it");

    public static final Setting<Integer> MAX_CHARACTERS = Setting.number(
            "connect.message.max.characters",
            1024,
            16,
            16384,
            "Maximum length of a message to Amazon Connect, in characters; longer texts are split");

    public static final Setting<List<String>> CONTENT_TYPES = Formats.CONTENT_TYPE
            .ofEach(Setting.list(
                    "connect.content.types",
                    "text/plain,text/markdown,application/vnd.amazonaws.connect.message.interactive",
                    "Content types that chats support, separated by commas; text/plain is required"))
            .checked(types -> types.contains("text/plain"), "must include text/plain, or no text could be sent");

    public static final Setting<Duration> CHAT_DURATION = Setting.duration(
            "connect.chat.duration",
            "25h",
            HOUR,
            Duration.ofDays(7),
            "Maximum duration of a chat, after which Amazon Connect ends it");

    public static final Setting<Duration> REFRESH_BEFORE = Setting.duration(
            "connect.token.refresh.before",
            "1m",
            Duration.ZERO,
            Duration.ofHours(12),
            "How long before its expiry a connection token is replaced");

    public static final Setting<Duration> QUOTA_WAIT = Setting.duration(
            "connect.quota.wait",
            "1m",
            SECOND,
            HOUR,
            "How long a conversation waits before it tries again to open a chat when the quota of open chats is"
                    + " used up");

    public static final Setting<Duration> CHAT_KEPT = Setting.duration(
            "chat.kept.after.end", "24h", MINUTE, Duration.ofDays(30), "How long a chat is remembered after its end");

    public static final Setting<Duration> CHAT_READ_TIMEOUT = Setting.duration(
            "chat.read.timeout", "10s", SECOND, MINUTE, "Timeout for reading connect.chat to its current end");

    public static final Setting<Duration> CHAT_START_TIMEOUT = Setting.duration(
            "chat.start.timeout",
            "5m",
            SECOND,
            HOUR,
            "Timeout for reading connect.chat at the start; if it is exceeded, the process exits");

    public static final Setting<Duration> HOLD_BACK = Setting.duration(
            "event.hold.back",
            "400ms",
            Duration.ZERO,
            Duration.ofSeconds(10),
            "How long a chat event waits for earlier events that arrive late");

    public static final Setting<Integer> EVENTS_REMEMBERED = Setting.number(
            "event.remembered",
            50_000,
            100,
            10_000_000,
            "Number of chat events that are remembered, so that repeated events are ignored");

    public static final Setting<URI> GRAPH_ENDPOINT = Setting.uri(
                    "whatsapp.graph.endpoint",
                    "https://graph.facebook.com",
                    "URL of WhatsApp's Graph API; must use https unless it is on this machine, because it receives"
                            + " the access token")
            .checked(
                    address -> isSecure(Optional.of(address)),
                    "must use https, because the access token is sent there; http is allowed only on this machine");

    public static final Setting<List<String>> MEDIA_HOSTS = Formats.HOST_OR_DOMAIN.ofEach(Setting.list(
            "whatsapp.media.hosts",
            ".fbsbx.com,.whatsapp.net,.fbcdn.net,.facebook.com",
            "Hosts, separated by commas, from which customers' files may be downloaded with the access token, only"
                    + " by https; a name that begins with a dot includes all its subdomains. The URL of a file"
                    + " comes from WhatsApp"));

    public static final Setting<String> GRAPH_VERSION =
            Formats.GRAPH_VERSION.of(Setting.text("whatsapp.graph.version", "v23.0", "Version of the Graph API"));

    public static final Setting<Optional<String>> ACCESS_TOKEN = Setting.optional(
                    "whatsapp.access.token",
                    "Access token of the Graph API; not needed for the numbers in `whatsapp.eum.numbers`. If a file"
                            + " holds the token, the file is read again when it changes, without a restart")
            .secret();

    public static final Setting<Duration> GRAPH_CALL_TIMEOUT =
            Setting.duration("whatsapp.call.timeout", "10s", SECOND, MINUTE, "Timeout of a call of the Graph API");

    public static final Setting<Integer> REPLY_MAX_CHARACTERS = Setting.number(
            "whatsapp.text.max.characters",
            4096,
            16,
            4096,
            "Maximum length of a text message to WhatsApp, in characters; longer texts are split");

    public static final Setting<Integer> SENT_REMEMBERED = Setting.number(
            "sent.remembered",
            20_000,
            100,
            1_000_000,
            "Maximum number of sent parts and replies that are read back for each partition, so that nothing is"
                    + " sent twice");

    public static final Setting<Duration> SENT_REMEMBERED_FOR = Setting.duration(
            "sent.remembered.for",
            "24h",
            HOUR,
            Duration.ofDays(7),
            "Maximum age of the sent parts and replies that are read back");

    public static final Setting<Duration> SENT_REFRESH = Setting.duration(
            "sent.refresh.every",
            "1s",
            Duration.ofMillis(10),
            MINUTE,
            "How often records that other processes have written to a partition are read while a record is in doubt"
                    + " (delivery unknown)");

    public static final Setting<Integer> LANE_SLOTS =
            Setting.number("lane.slots", 256, 1, 10_000, "Maximum number of records that a flow handles at a time");

    public static final Setting<Integer> LANE_MAX_RECORDS = Setting.number(
            "lane.max.records",
            20_000,
            1,
            10_000_000,
            "Maximum number of records in a flow's memory that are not waiting for a retry; if it is reached, the"
                    + " flow fetches no more");

    public static final Setting<Integer> LANE_MAX_MEBIBYTES = Setting.number(
            "lane.max.mebibytes",
            64,
            1,
            65_536,
            "Maximum size of these records, in MiB; if it is reached, the flow fetches no more");

    public static final Setting<Integer> LANE_MAX_STUCK_RECORDS = Setting.number(
            "lane.max.stuck.records",
            100_000,
            1,
            10_000_000,
            "Maximum number of records in a flow's memory whose conversation waits for a retry; if it is reached,"
                    + " the flow fetches no more. Records of paused business numbers use at most half of it; the"
                    + " rest of them is dropped from memory and read again later");

    public static final Setting<Integer> LANE_MAX_STUCK_MEBIBYTES = Setting.number(
            "lane.max.stuck.mebibytes",
            128,
            1,
            65_536,
            "Maximum size of these waiting records, in MiB; if it is reached, the flow fetches no more");

    public static final Setting<Duration> LANE_SESSION_TIMEOUT = Setting.duration(
            "lane.session.timeout",
            "30s",
            Duration.ofSeconds(6),
            Duration.ofMinutes(5),
            "Time after which the consumer group removes an instance that does not respond (session.timeout.ms);"
                    + " external calls start only within half of this time after a poll");

    public static final Setting<Duration> LANE_DRAIN = Setting.duration(
            "lane.drain",
            "10s",
            Duration.ZERO,
            MINUTE,
            "How long running records may take to finish when their partition moves to another instance or"
                    + " the process stops");

    public static final Setting<Duration> LANE_COMMIT_EVERY = Setting.duration(
            "lane.commit.every", "1s", Duration.ofMillis(10), MINUTE, "Time between commits of offsets");

    public static final Setting<Duration> LANE_BACK_OFF_FIRST = Setting.duration(
            "lane.back.off.first", "500ms", Duration.ofMillis(1), MINUTE, "Maximum wait before the first retry");

    public static final Setting<Duration> LANE_BACK_OFF_MOST =
            Setting.duration("lane.back.off.most", "30s", Duration.ofMillis(1), HOUR, "Maximum wait before any retry");

    public static final Setting<Duration> LANE_PAUSED_RETRY = Setting.duration(
            "lane.paused.retry",
            "30s",
            Duration.ofMillis(100),
            HOUR,
            "Time between two trial records while a business number or another scope is paused");

    public static final Setting<Integer> LANE_FAILURES = Setting.number(
            "lane.max.unexpected.failures",
            10,
            1,
            1_000,
            "How many times the handling of a record may fail unexpectedly before the record becomes a dead letter"
                    + " and the agent reads a note");

    /// All of them, but those of single business numbers.
    public static final List<Setting<?>> ALL = Stream.of(
                    SnsSettings.ALL.stream(),
                    ChatSettings.ALL.stream(),
                    StoreSettings.ALL.stream(),
                    OutboundSettings.ALL.stream(),
                    SocialFileSettings.ALL.stream(),
                    TranscribeSettings.ALL.stream(),
                    Stream.<Setting<?>>of(
                            PORT,
                            ACK_TIMEOUT,
                            REGION,
                            INSTANCE_ID,
                            CONTACT_FLOW_ID,
                            STREAMING_TOPIC_ARN,
                            CONNECT_ENDPOINT,
                            PARTICIPANT_ENDPOINT,
                            CREDENTIALS,
                            CONNECT_CALL_TIMEOUT,
                            CONNECT_MAX_CONNECTIONS,
                            INITIAL_MESSAGE,
                            MAX_CHARACTERS,
                            CONTENT_TYPES,
                            CHAT_DURATION,
                            REFRESH_BEFORE,
                            QUOTA_WAIT,
                            CHAT_KEPT,
                            CHAT_READ_TIMEOUT,
                            CHAT_START_TIMEOUT,
                            HOLD_BACK,
                            EVENTS_REMEMBERED,
                            GRAPH_ENDPOINT,
                            MEDIA_HOSTS,
                            GRAPH_VERSION,
                            ACCESS_TOKEN,
                            GRAPH_CALL_TIMEOUT,
                            REPLY_MAX_CHARACTERS,
                            SENT_REMEMBERED,
                            SENT_REMEMBERED_FOR,
                            SENT_REFRESH,
                            LANE_SLOTS,
                            LANE_MAX_RECORDS,
                            LANE_MAX_MEBIBYTES,
                            LANE_MAX_STUCK_RECORDS,
                            LANE_MAX_STUCK_MEBIBYTES,
                            LANE_SESSION_TIMEOUT,
                            LANE_DRAIN,
                            LANE_COMMIT_EVERY,
                            LANE_FAILURES,
                            LANE_BACK_OFF_FIRST,
                            LANE_BACK_OFF_MOST,
                            LANE_PAUSED_RETRY))
            .flatMap(settings -> settings)
            .collect(Collectors.toUnmodifiableList());

    /// How long a connection of any kind may take to be made.
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private BridgeSettings() {}

    /// Whether nobody else reads what goes to an address.
    private static boolean isSecure(Optional<URI> address) {
        return address.isEmpty()
                || "https".equalsIgnoreCase(address.get().getScheme())
                || LocalHost.isAt(address.get());
    }

    /// All of them, for an installation with business numbers whose chats have settings of their own.
    public static List<Setting<?>> all(List<String> businessNumbers) {
        return Stream.concat(ALL.stream(), ChatSettings.ofNumbers(businessNumbers))
                .collect(Collectors.toUnmodifiableList());
    }

    static ConnectOptions connect(Settings settings) {
        return new ConnectOptions(
                settings.get(REGION),
                settings.get(CONNECT_ENDPOINT),
                settings.get(PARTICIPANT_ENDPOINT),
                placeholderCredentials(settings.get(CREDENTIALS)),
                CONNECT_TIMEOUT,
                settings.get(CONNECT_CALL_TIMEOUT),
                settings.get(ChatSettings.TRANSFER_TIMEOUT),
                settings.get(CONNECT_MAX_CONNECTIONS));
    }

    static GraphSender.Options graph(Settings settings) {
        return new GraphSender.Options(
                settings.get(GRAPH_ENDPOINT), access(settings), CONNECT_TIMEOUT, settings.get(GRAPH_CALL_TIMEOUT));
    }

    /// The access tokens of all numbers.
    static GraphAccess access(Settings settings) {
        Map<String, GraphAccess.Credential> byNumber = new HashMap<>();
        for (String number : settings.get(ChatSettings.NUMBERS)) {
            Setting<Optional<Optional<String>>> own = ACCESS_TOKEN.forNumber(number);
            String version = settings.get(GRAPH_VERSION.forNumber(number)).orElseGet(() -> settings.get(GRAPH_VERSION));
            byNumber.put(
                    number,
                    settings.get(own).isPresent()
                            ? new GraphAccess.Credential(version, own.name(), flat(settings.live(own)))
                            : new GraphAccess.Credential(version, ACCESS_TOKEN.name(), settings.live(ACCESS_TOKEN)));
        }
        return new GraphAccess(
                new GraphAccess.Credential(
                        settings.get(GRAPH_VERSION), ACCESS_TOKEN.name(), settings.live(ACCESS_TOKEN)),
                byNumber);
    }

    private static Supplier<Optional<String>> flat(Supplier<Optional<Optional<String>>> own) {
        return () -> own.get().flatMap(token -> token);
    }

    /// The scopes of pauses that business numbers belong to.
    static NumberScopes scopes(Settings settings) {
        Set<String> social = settings.get(OutboundSettings.EUM_NUMBERS).keySet();
        Set<String> named = new HashSet<>(social);
        named.addAll(settings.get(ChatSettings.NUMBERS));
        GraphAccess access = access(settings);
        return new NumberScopes(
                named,
                number -> settings.get(ChatSettings.NUMBERS).contains(number)
                        ? ChatSettings.ofNumber(settings, number, INSTANCE_ID)
                        : settings.get(INSTANCE_ID),
                number -> social.contains(number)
                        ? Optional.empty()
                        : Optional.of(access.of(number).setting()));
    }

    static Limits lanes(Settings settings) {
        return new Limits(
                settings.get(LANE_SLOTS),
                settings.get(LANE_MAX_RECORDS),
                settings.get(LANE_MAX_MEBIBYTES) * 1024L * 1024L,
                settings.get(LANE_MAX_STUCK_RECORDS),
                settings.get(LANE_MAX_STUCK_MEBIBYTES) * 1024L * 1024L,
                Duration.ZERO,
                settings.get(LANE_SESSION_TIMEOUT),
                settings.get(LANE_DRAIN),
                settings.get(LANE_COMMIT_EVERY),
                new BackOff(settings.get(LANE_BACK_OFF_FIRST), settings.get(LANE_BACK_OFF_MOST)),
                settings.get(LANE_PAUSED_RETRY),
                settings.get(LANE_FAILURES));
    }

    private static boolean placeholderCredentials(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "default" -> false;
            case "placeholder" -> true;
            default ->
                throw new IllegalArgumentException(
                        CREDENTIALS.name() + " must be default or placeholder (it is '" + word + "')");
        };
    }
}
