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
            "Port of the SNS endpoint, where `connect.event.doors` names https; 0 takes a free one");

    public static final Setting<Duration> ACK_TIMEOUT = Setting.duration(
            "bridge.ack.timeout", "10s", SECOND, MINUTE, "How long the broker may take to acknowledge a record");

    public static final Setting<String> REGION =
            Formats.REGION.of(Setting.text("connect.region", "us-east-1", "AWS Region of the Amazon Connect instance"));

    public static final Setting<String> INSTANCE_ID =
            Formats.AWS_ID.of(Setting.required("connect.instance.id", "Id of the Amazon Connect instance"));

    public static final Setting<String> CONTACT_FLOW_ID =
            Formats.AWS_ID.of(Setting.required("connect.contact.flow.id", "Id of the contact flow that new chats run"));

    public static final Setting<String> STREAMING_TOPIC_ARN = Formats.SNS_TOPIC.of(Setting.required(
            "connect.streaming.topic.arn",
            "ARN of the SNS topic that chats are streamed to; what comes from other topics is not believed"));

    private static final String TOKENS_IN_THE_CLEAR =
            "must be an address of https, as tokens of chats go there; http is for this machine alone";

    public static final Setting<Optional<URI>> CONNECT_ENDPOINT = Setting.optionalUri(
                    "connect.endpoint",
                    "Amazon Connect's address, where it is not AWS's own: https, as tokens of chats go there, or on this"
                            + " machine")
            .checked(BridgeSettings::isSecure, TOKENS_IN_THE_CLEAR);

    public static final Setting<Optional<URI>> PARTICIPANT_ENDPOINT = Setting.optionalUri(
                    "connect.participant.endpoint",
                    "Amazon Connect Participant's address, where it is not AWS's own: https, or on this machine")
            .checked(BridgeSettings::isSecure, TOKENS_IN_THE_CLEAR);

    public static final Setting<String> CREDENTIALS = Formats.CREDENTIALS.of(Setting.text(
            "connect.credentials",
            "default",
            "default: as the AWS SDK finds them; placeholder: made up, for a stand-in that checks none"));

    public static final Setting<Duration> CONNECT_CALL_TIMEOUT = Setting.duration(
            "connect.call.timeout", "10s", SECOND, MINUTE, "How long a call of Amazon Connect may take");

    public static final Setting<Integer> CONNECT_MAX_CONNECTIONS =
            Setting.number("connect.max.connections", 256, 1, 4096, "Connections to Amazon Connect");

    public static final Setting<Boolean> INITIAL_MESSAGE = Setting.flag(
            "connect.initial.message",
            true,
            "Whether a chat's first text goes along with its opening, so that a flow which ends at once keeps it");

    public static final Setting<Integer> MAX_CHARACTERS = Setting.number(
            "connect.message.max.characters",
            1024,
            16,
            16384,
            "Longest text that goes to Amazon Connect in one message");

    public static final Setting<List<String>> CONTENT_TYPES = Formats.CONTENT_TYPE
            .ofEach(Setting.list(
                    "connect.content.types",
                    "text/plain,text/markdown,application/vnd.amazonaws.connect.message.interactive",
                    "Content types that chats allow, separated by commas; text/plain must be among them"))
            .checked(
                    types -> types.contains("text/plain"), "must have text/plain among them, or no text could be sent");

    public static final Setting<Duration> CHAT_DURATION = Setting.duration(
            "connect.chat.duration", "25h", HOUR, Duration.ofDays(7), "After which Amazon Connect ends a chat");

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
            "How long a conversation waits before it asks again for a chat when all are taken");

    public static final Setting<Duration> CHAT_KEPT = Setting.duration(
            "chat.kept.after.end", "24h", MINUTE, Duration.ofDays(30), "How long an ended chat is remembered");

    public static final Setting<Duration> CHAT_READ_TIMEOUT = Setting.duration(
            "chat.read.timeout", "10s", SECOND, MINUTE, "How long reading connect.chat to its present end may take");

    public static final Setting<Duration> CHAT_START_TIMEOUT = Setting.duration(
            "chat.start.timeout",
            "5m",
            SECOND,
            HOUR,
            "How long reading connect.chat at the start may take before the process gives up");

    public static final Setting<Duration> HOLD_BACK = Setting.duration(
            "event.hold.back",
            "400ms",
            Duration.ZERO,
            Duration.ofSeconds(10),
            "How long a chat event waits for earlier ones that come late");

    public static final Setting<Integer> EVENTS_REMEMBERED = Setting.number(
            "event.remembered", 50_000, 100, 10_000_000, "Chat events that are remembered to leave out repeated ones");

    public static final Setting<URI> GRAPH_ENDPOINT = Setting.uri(
                    "whatsapp.graph.endpoint",
                    "https://graph.facebook.com",
                    "Address of WhatsApp's Graph API: https, as the access token goes there, or on this machine")
            .checked(
                    address -> isSecure(Optional.of(address)),
                    "must be an address of https, as the access token goes there; http is for this machine alone");

    public static final Setting<List<String>> MEDIA_HOSTS = Formats.HOST_OR_DOMAIN.ofEach(Setting.list(
            "whatsapp.media.hosts",
            ".fbsbx.com,.whatsapp.net,.fbcdn.net,.facebook.com",
            "Hosts, separated by commas, from which customers' files are fetched with the access token, by https alone;"
                    + " one that begins with a dot stands for all hosts below it. WhatsApp's look-up of a file names"
                    + " its address"));

    public static final Setting<String> GRAPH_VERSION =
            Formats.GRAPH_VERSION.of(Setting.text("whatsapp.graph.version", "v23.0", "Version of the Graph API"));

    public static final Setting<Optional<String>> ACCESS_TOKEN = Setting.optional(
                    "whatsapp.access.token",
                    "Access token of the Graph API; not needed by numbers of `whatsapp.eum.numbers`. If a file holds it,"
                            + " the file is read again when it changes, without a restart")
            .secret();

    public static final Setting<Duration> GRAPH_CALL_TIMEOUT = Setting.duration(
            "whatsapp.call.timeout", "10s", SECOND, MINUTE, "How long a call of the Graph API may take");

    public static final Setting<Integer> REPLY_MAX_CHARACTERS = Setting.number(
            "whatsapp.text.max.characters", 4096, 16, 4096, "Longest text that goes to WhatsApp in one message");

    public static final Setting<Integer> SENT_REMEMBERED = Setting.number(
            "sent.remembered",
            20_000,
            100,
            1_000_000,
            "Sent parts and replies of a partition that are read back, so that nothing is said twice");

    public static final Setting<Duration> SENT_REMEMBERED_FOR =
            Setting.duration("sent.remembered.for", "24h", HOUR, Duration.ofDays(7), "How far that goes back");

    public static final Setting<Duration> SENT_REFRESH = Setting.duration(
            "sent.refresh.every",
            "1s",
            Duration.ofMillis(10),
            MINUTE,
            "How often what other processes have written to a partition is read, where a record is in doubt");

    public static final Setting<Integer> LANE_SLOTS =
            Setting.number("lane.slots", 256, 1, 10_000, "Records that a flow handles at the same time");

    public static final Setting<Integer> LANE_MAX_RECORDS = Setting.number(
            "lane.max.records",
            20_000,
            1,
            10_000_000,
            "Records in a flow's memory that go on, above which it fetches no more");

    public static final Setting<Integer> LANE_MAX_MEBIBYTES =
            Setting.number("lane.max.mebibytes", 64, 1, 65_536, "Their size above which it fetches no more, in MiB");

    public static final Setting<Integer> LANE_MAX_STUCK_RECORDS = Setting.number(
            "lane.max.stuck.records",
            100_000,
            1,
            10_000_000,
            "Records in a flow's memory whose conversation waits to try again, above which it fetches no more; those of"
                    + " paused numbers take at most half of it, the rest of them is read again later");

    public static final Setting<Integer> LANE_MAX_STUCK_MEBIBYTES = Setting.number(
            "lane.max.stuck.mebibytes", 128, 1, 65_536, "Their size above which it fetches no more, in MiB");

    public static final Setting<Duration> LANE_SESSION_TIMEOUT = Setting.duration(
            "lane.session.timeout",
            "30s",
            Duration.ofSeconds(6),
            Duration.ofMinutes(5),
            "How long the group waits for an instance that is gone; calls are made only within half of it after a"
                    + " poll");

    public static final Setting<Duration> LANE_DRAIN = Setting.duration(
            "lane.drain", "10s", Duration.ZERO, MINUTE, "How long running records may finish when partitions move");

    public static final Setting<Duration> LANE_COMMIT_EVERY = Setting.duration(
            "lane.commit.every", "1s", Duration.ofMillis(10), MINUTE, "Time between commits of offsets");

    public static final Setting<Duration> LANE_BACK_OFF_FIRST = Setting.duration(
            "lane.back.off.first", "500ms", Duration.ofMillis(1), MINUTE, "Longest wait after a first failure");

    public static final Setting<Duration> LANE_BACK_OFF_MOST =
            Setting.duration("lane.back.off.most", "30s", Duration.ofMillis(1), HOUR, "Longest wait after any failure");

    public static final Setting<Duration> LANE_PAUSED_RETRY = Setting.duration(
            "lane.paused.retry",
            "30s",
            Duration.ofMillis(100),
            HOUR,
            "Time between two records that are tried while a business number, or whatever else, is paused");

    public static final Setting<Integer> LANE_FAILURES = Setting.number(
            "lane.max.unexpected.failures",
            10,
            1,
            1_000,
            "How often the handling of a record may fail unexpectedly, before the record becomes a dead letter and the"
                    + " agent is told");

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
