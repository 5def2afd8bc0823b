package lull.bridge;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.bridge.notices.AgentNotes;
import lull.bridge.notices.Receipts;
import lull.bridge.outbound.events.AgentFiles;
import lull.bridge.outbound.events.EventToReply;
import lull.bridge.outbound.events.LookBackSweeper;
import lull.bridge.outbound.events.MissedEvents;
import lull.bridge.outbound.replies.DoubtRules;
import lull.bridge.outbound.replies.Fallback;
import lull.bridge.outbound.replies.ReplyToWhatsApp;
import lull.bridge.signals.SpareRate;
import lull.contract.reply.ReplyOutcome.Doubted.Decision;
import lull.runtime.CannotStart;
import lull.runtime.queue.QueueOptions;
import lull.runtime.settings.Durations;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.runtime.sns.SnsRules;
import lull.runtime.sns.SnsSettings;
import lull.whatsapp.AwsSocialSender;
import lull.whatsapp.Pace;

/// The settings of what goes from chats to WhatsApp.
final class OutboundSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    static final Setting<Duration> DOUBT_WAIT = Setting.duration(
            "doubt.wait",
            "60s",
            SECOND,
            HOUR,
            "How long to wait for a WhatsApp status when it is unknown whether a reply was sent. Must be more than"
                    + " lane.session.timeout, which must be more than whatsapp.call.timeout");

    static final Setting<Duration> DOUBT_WAIT_ANSWERED = Setting.duration(
            "doubt.wait.answered",
            "10s",
            Duration.ofMillis(100),
            HOUR,
            "The same, if WhatsApp answered with an error that does not say whether the reply was sent");

    static final Setting<Integer> DOUBT_SENDS = Setting.number(
            "doubt.sends",
            3,
            0,
            100,
            "How many times a reply in doubt (delivery unknown) is sent again; after that the agent reads a" + " note");

    static final Setting<Decision> DOUBT_OF_CHATS = decision(
            "doubt.chats",
            "send",
            "What happens to an agent's reply in doubt: `send` sends it again, `tell` shows the agent a note");

    static final Setting<Decision> DOUBT_OF_OTHERS = decision(
            "doubt.others",
            "tell",
            "The same for templates and for replies of applications. A reply of an application has no agent,"
                    + " so `tell` only counts it");

    static final Setting<Duration> MEDIA_WAIT = Setting.duration(
            "whatsapp.media.wait",
            "5s",
            Duration.ZERO,
            MINUTE,
            "Maximum time that the reply after a file waits for WhatsApp's status `sent` of that file");

    static final Setting<Map<String, Fallback.Template>> CARE_TEMPLATES = Setting.of(
            "care.window.templates",
            "",
            "Templates that replace a text after the care window, by business number, such as"
                    + " 106540352242922=follow_up/en_US, separated by commas; `*` means all other numbers. The text"
                    + " becomes the only parameter of the template's body",
            Fallback::templates);

    static final Setting<Integer> CARE_TEMPLATE_CHARACTERS = Setting.number(
            "care.window.template.characters",
            900,
            10,
            1_024,
            "Maximum length of that text in characters; longer texts are shortened. WhatsApp accepts 1,024"
                    + " characters including the template's own words");

    static final Setting<Duration> CARE_WARNING = Setting.duration(
            "care.window.warning",
            "1h",
            Duration.ZERO,
            Duration.ofHours(23),
            "How long before the end of the care window the agent is warned; 0s turns the warning off");

    static final Setting<Integer> NUMBER_PER_SECOND = Setting.number(
            "whatsapp.number.per.second",
            80,
            1,
            10_000,
            "Maximum number of messages per second that this process sends from a business number; use WhatsApp's"
                    + " limit divided by the number of bridges");

    static final Setting<Integer> PAIR_BURST = Setting.number(
            "whatsapp.pair.burst",
            45,
            1,
            1_000,
            "Maximum number of messages that one customer gets in a burst; WhatsApp allows 45");

    static final Setting<Duration> PAIR_EVERY = Setting.duration(
            "whatsapp.pair.every",
            "6s",
            Duration.ofMillis(1),
            MINUTE,
            "Time after which the customer may get one more message; WhatsApp allows one every 6 s");

    static final Setting<Boolean> NOTES = Setting.flag(
            "agent.notes",
            true,
            "Whether agents read a note in the chat about each message that WhatsApp did not deliver");

    static final Setting<String> NOTES_MARK = Setting.text(
            "agent.notes.mark",
            "[WhatsApp]",
            "Prefix of notes for agents; without it a note looks like the customer's words in Amazon Connect");

    static final Setting<Duration> NOTES_EVERY = Setting.duration(
            "agent.notes.every", "1m", Duration.ZERO, HOUR, "Minimum time between two notes in a chat");

    static final Setting<Boolean> DELIVERED_RECEIPTS = Setting.flag(
            "agent.receipts.delivered", true, "Whether agents see that the customer has received their message");

    static final Setting<Boolean> READ_RECEIPTS =
            Setting.flag("agent.receipts.read", true, "Whether agents see that the customer has read their message");

    static final Setting<Integer> RECEIPTS_PER_SECOND = Setting.number(
            "agent.receipts.per.second",
            3,
            1,
            1_000,
            "Maximum number of receipts of all kinds per second that this process sends to Amazon Connect; further"
                    + " receipts are skipped, because they use the quota of messages");

    static final Setting<Integer> FILE_MAX_MEBIBYTES = Setting.number(
            "agent.file.max.mebibytes",
            100,
            1,
            100,
            "Maximum size of an agent's file that is sent to WhatsApp, in MiB");

    static final Setting<Duration> FILE_TIMEOUT = Setting.duration(
            "agent.file.timeout",
            "60s",
            SECOND,
            Duration.ofMinutes(10),
            "Timeout of the download of an agent's file from Amazon Connect, and of its upload to WhatsApp");

    static final Setting<String> LIST_BUTTON = Setting.text(
                    "whatsapp.list.button",
                    "Choose",
                    "Label of the button that opens a list of choices; up to 20 characters")
            .checked(
                    text -> !text.isBlank() && text.codePointCount(0, text.length()) <= 20,
                    "must be 1 to 20 characters");

    static final Setting<Boolean> TRANSCRIPT = Setting.flag(
            "transcript.look.back",
            true,
            "Whether the transcripts of open chats are checked for events that did not arrive");

    static final Setting<Duration> TRANSCRIPT_REACH = Setting.duration(
            "transcript.reach",
            "1h",
            MINUTE,
            Duration.ofHours(12),
            "How far back transcripts are checked; events are lost only if the receiver is unavailable for longer"
                    + " than this");

    static final Setting<Duration> TRANSCRIPT_EVERY = Setting.duration(
            "transcript.every",
            "5m",
            SECOND,
            HOUR,
            "How often the transcript of an open chat is checked, in addition to the checks when an agent"
                    + " leaves and when the chat ends");

    static final Setting<Duration> TRANSCRIPT_BETWEEN = Setting.duration(
            "transcript.between",
            "500ms",
            Duration.ofMillis(1),
            MINUTE,
            "Maximum time between the regular checks of two chats; each check uses Connect's quota");

    static final Setting<Duration> TRANSCRIPT_BETWEEN_MIN = Setting.duration(
            "transcript.between.min",
            "200ms",
            Duration.ofMillis(1),
            MINUTE,
            "Minimum time between the regular checks of two chats, used if this process has so many chats that"
                    + " transcript.every could not be kept otherwise. All bridges together should leave some of"
                    + " Connect's quota of GetTranscript");

    static final Setting<Set<EventDoor>> EVENT_DOORS = Setting.of(
            "connect.event.doors",
            "sqs",
            "How chat events arrive from the SNS topic: `sqs` (by the queue in `connect.queue.url`), `https` (at"
                    + " `bridge.port`, for small installations), or both while you move from one to the other",
            EventDoor::set);

    static final Setting<Optional<String>> QUEUE_URL = Formats.SQS_QUEUE.ofOptional(Setting.optional(
            "connect.queue.url",
            "URL of an SQS queue that is subscribed to the SNS topic of chats, without raw message delivery. It"
                    + " keeps what agents write while no bridge runs. Required if `connect.event.doors` names sqs"));

    static final Setting<Integer> QUEUE_POLLERS = Setting.number(
            "connect.queue.pollers", 2, 1, 32, "How many calls wait for messages of that queue at a time");

    static final Setting<Optional<URI>> QUEUE_ENDPOINT =
            Setting.optionalUri("connect.queue.endpoint", "Endpoint of Amazon SQS, if it is not AWS's own");

    static final Setting<Map<String, String>> EUM_NUMBERS = Formats.BUSINESS_NUMBER.ofNames(Setting.pairs(
            "whatsapp.eum.numbers",
            "",
            "Business numbers that send by AWS End User Messaging Social, as phone_number_id=id of the number"
                    + " there, such as 100000000000003=phone-number-id-…, separated by commas"));

    static final Setting<String> EUM_REGION = Formats.REGION.of(Setting.text(
            "whatsapp.eum.region", "us-east-1", "AWS Region of those numbers that are given by id, not by ARN"));

    static final Setting<Optional<URI>> EUM_ENDPOINT = Setting.optionalUri(
            "whatsapp.eum.endpoint", "Endpoint of AWS End User Messaging Social, if it is not AWS's own");

    static final Setting<Boolean> READ_MARKS = Setting.flag(
            "whatsapp.read.marks",
            true,
            "Whether customers see their messages as read once Amazon Connect has accepted them");

    static final Setting<Integer> READ_MARKS_PER_SECOND = Setting.number(
            "whatsapp.read.marks.per.second",
            20,
            1,
            10_000,
            "Maximum number of read receipts and typing indicators per second that this process sends. Further ones"
                    + " are skipped, because they use the rate limit of messages; they are also skipped while a"
                    + " number has many messages to send");

    static final Setting<Boolean> TYPING = Setting.flag(
            "whatsapp.typing",
            true,
            "Whether customers see that an agent is typing; this also marks the customer's messages as read");

    static final Setting<String> REACTION = Setting.text(
                    "whatsapp.reaction",
                    "",
                    "Emoji that acknowledges the last message of a turn once Amazon Connect has accepted the whole"
                            + " turn; empty for none")
            .checked(
                    text -> text.length() <= 20 && text.codePoints().noneMatch(Character::isAlphabetic),
                    "must be one emoji, or empty");

    /// All of them.
    static final List<Setting<?>> ALL = List.of(
            DOUBT_WAIT,
            DOUBT_WAIT_ANSWERED,
            DOUBT_SENDS,
            DOUBT_OF_CHATS,
            DOUBT_OF_OTHERS,
            MEDIA_WAIT,
            CARE_TEMPLATES,
            CARE_TEMPLATE_CHARACTERS,
            CARE_WARNING,
            NUMBER_PER_SECOND,
            PAIR_BURST,
            PAIR_EVERY,
            NOTES,
            NOTES_MARK,
            NOTES_EVERY,
            DELIVERED_RECEIPTS,
            READ_RECEIPTS,
            RECEIPTS_PER_SECOND,
            FILE_MAX_MEBIBYTES,
            FILE_TIMEOUT,
            LIST_BUTTON,
            TRANSCRIPT,
            TRANSCRIPT_REACH,
            TRANSCRIPT_EVERY,
            TRANSCRIPT_BETWEEN,
            TRANSCRIPT_BETWEEN_MIN,
            EVENT_DOORS,
            QUEUE_URL,
            QUEUE_POLLERS,
            QUEUE_ENDPOINT,
            EUM_NUMBERS,
            EUM_REGION,
            EUM_ENDPOINT,
            READ_MARKS,
            READ_MARKS_PER_SECOND,
            TYPING,
            REACTION);

    /// SNS tries for 23 days to put a notification into a queue, which keeps it for 14 at most.
    private static final Duration OLDEST_IN_QUEUE = Duration.ofDays(38);

    private static final Duration LONG_POLL = Duration.ofSeconds(20);
    private static final Duration QUEUE_BACK_OFF = Duration.ofSeconds(1);

    private OutboundSettings() {}

    static ReplyToWhatsApp.Rules replies(Settings settings) {
        return new ReplyToWhatsApp.Rules(
                settings.get(BridgeSettings.REPLY_MAX_CHARACTERS),
                new DoubtRules(
                        settings.get(DOUBT_WAIT),
                        settings.get(DOUBT_WAIT_ANSWERED),
                        settings.get(DOUBT_SENDS),
                        settings.get(DOUBT_OF_CHATS),
                        settings.get(DOUBT_OF_OTHERS)),
                settings.get(MEDIA_WAIT),
                new Fallback(settings.get(CARE_TEMPLATES), settings.get(CARE_TEMPLATE_CHARACTERS)));
    }

    static Pace pace(Settings settings) {
        int perSecond = settings.get(NUMBER_PER_SECOND);
        return new Pace(
                new Pace.Rate(SECOND.dividedBy(perSecond), perSecond),
                new Pace.Rate(settings.get(PAIR_EVERY), settings.get(PAIR_BURST)),
                System::nanoTime);
    }

    static AgentNotes.Rules notes(Settings settings) {
        return new AgentNotes.Rules(settings.get(NOTES), settings.get(NOTES_MARK), settings.get(NOTES_EVERY));
    }

    static Receipts.Rules receipts(Settings settings) {
        return new Receipts.Rules(
                settings.get(DELIVERED_RECEIPTS), settings.get(READ_RECEIPTS), settings.get(RECEIPTS_PER_SECOND));
    }

    static AgentFiles.Limits files(Settings settings) {
        return new AgentFiles.Limits(
                settings.get(FILE_MAX_MEBIBYTES) * 1024L * 1024L,
                BridgeSettings.CONNECT_TIMEOUT,
                settings.get(FILE_TIMEOUT));
    }

    static EventToReply.Rules events(Settings settings) {
        return new EventToReply.Rules(settings.get(BridgeSettings.EVENTS_REMEMBERED), settings.get(LIST_BUTTON));
    }

    static MissedEvents.Rules missed(Settings settings) {
        return new MissedEvents.Rules(
                settings.get(TRANSCRIPT),
                settings.get(TRANSCRIPT_REACH),
                settings.get(TRANSCRIPT_EVERY),
                settings.get(BridgeSettings.SENT_REMEMBERED_FOR));
    }

    static LookBackSweeper.Pace sweep(Settings settings) {
        Duration longest = settings.get(TRANSCRIPT_BETWEEN);
        Duration shortest = settings.get(TRANSCRIPT_BETWEEN_MIN);
        return new LookBackSweeper.Pace(
                settings.get(TRANSCRIPT_EVERY),
                longest,
                shortest.compareTo(longest) < 0 ? shortest : longest,
                settings.get(TRANSCRIPT_REACH));
    }

    static AwsSocialSender.Options eum(Settings settings) {
        return new AwsSocialSender.Options(
                SocialFileSettings.numbers(settings),
                settings.get(EUM_ENDPOINT),
                BridgeSettings.connect(settings).placeholderCredentials(),
                BridgeSettings.CONNECT_TIMEOUT,
                settings.get(BridgeSettings.GRAPH_CALL_TIMEOUT));
    }

    static SpareRate spareRate(Settings settings, Pace pace) {
        return new SpareRate(settings.get(READ_MARKS_PER_SECOND), pace, System::nanoTime);
    }

    /// Throws [CannotStart] where events are to come by a queue and none is named.
    static void requireEventDoor(Settings settings) {
        if (settings.get(EVENT_DOORS).contains(EventDoor.SQS)
                && settings.get(QUEUE_URL).isEmpty()) {
            throw new CannotStart("The configuration cannot be used: agents' messages arrive by an SQS queue, and "
                    + QUEUE_URL.name() + " is missing. Set it; or, for a small installation, let SNS post them by"
                    + " HTTPS: "
                    + EVENT_DOORS.name() + "=https");
        }
    }

    /// Throws [CannotStart] if no business number could send.
    static void requireToken(Settings settings) {
        boolean any = !settings.get(EUM_NUMBERS).isEmpty()
                || settings.get(BridgeSettings.ACCESS_TOKEN).isPresent()
                || settings.get(ChatSettings.NUMBERS).stream()
                        .anyMatch(number -> settings.get(BridgeSettings.ACCESS_TOKEN.forNumber(number))
                                .isPresent());
        if (!any) {
            throw new CannotStart("The configuration cannot be used: no business number can send to WhatsApp. Set "
                    + BridgeSettings.ACCESS_TOKEN.name() + " for the Graph API, or " + EUM_NUMBERS.name()
                    + " for AWS End User Messaging Social");
        }
    }

    /// What is believed of what SNS posts.
    static SnsRules posted(Settings settings) {
        return sns(settings, settings.get(SnsSettings.MAX_AGE));
    }

    /// What is believed of what waited in a queue.
    static SnsRules queued(Settings settings) {
        return sns(settings, OLDEST_IN_QUEUE);
    }

    private static SnsRules sns(Settings settings, Duration maxAge) {
        return new SnsRules(
                ConnectRegions.topics(settings),
                settings.get(SnsSettings.ENDPOINT),
                settings.get(SnsSettings.MAX_ENVELOPE_BYTES),
                maxAge);
    }

    /// The queue that chat events come by; empty where they do not.
    static Optional<QueueOptions> queue(Settings settings) {
        return settings.get(QUEUE_URL)
                .filter(_ -> settings.get(EVENT_DOORS).contains(EventDoor.SQS))
                .map(url -> new QueueOptions(
                        "chat-event-queue",
                        "Agents' messages wait in this queue, and customers do not receive them. Check"
                                + " connect.queue.url, connect.region, the network, and that the process's role may"
                                + " call sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes.",
                        url,
                        settings.get(BridgeSettings.REGION),
                        settings.get(QUEUE_ENDPOINT),
                        BridgeSettings.connect(settings).placeholderCredentials(),
                        settings.get(QUEUE_POLLERS),
                        LONG_POLL,
                        QUEUE_BACK_OFF));
    }

    /// A call must be over before another process may have its partition, and a doubt must last until then; throws
    /// [CannotStart] where they do not.
    static void requireTimesInOrder(Settings settings) {
        requireNotAbove(settings, BridgeSettings.LANE_BACK_OFF_FIRST, BridgeSettings.LANE_BACK_OFF_MOST);
        requireNotAbove(settings, ChatSettings.CIRCUIT_FIRST, ChatSettings.CIRCUIT_MOST);
        requireNotAbove(settings, TRANSCRIPT_REACH, BridgeSettings.SENT_REMEMBERED_FOR);
        Duration call = settings.get(BridgeSettings.GRAPH_CALL_TIMEOUT);
        Duration group = settings.get(BridgeSettings.LANE_SESSION_TIMEOUT);
        Duration doubt = settings.get(DOUBT_WAIT);
        if (call.compareTo(group) >= 0 || group.compareTo(doubt) >= 0) {
            throw new CannotStart("The configuration cannot be used: " + BridgeSettings.GRAPH_CALL_TIMEOUT.name()
                    + " (" + Durations.text(call) + ") must be less than "
                    + BridgeSettings.LANE_SESSION_TIMEOUT.name() + " (" + Durations.text(group)
                    + "), which must be less than " + DOUBT_WAIT.name() + " (" + Durations.text(doubt)
                    + "), or a reply could be sent twice after a crash");
        }
    }

    private static void requireNotAbove(Settings settings, Setting<Duration> lower, Setting<Duration> upper) {
        if (settings.get(lower).compareTo(settings.get(upper)) > 0) {
            throw new CannotStart("The configuration cannot be used: " + lower.name() + " ("
                    + Durations.text(settings.get(lower)) + ") must not be more than " + upper.name() + " ("
                    + Durations.text(settings.get(upper)) + ")");
        }
    }

    private static Setting<Decision> decision(String name, String byDefault, String description) {
        return Setting.of(name, byDefault, description, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "send" -> Decision.SENT_AGAIN;
            case "tell" -> Decision.TOLD;
            default -> throw new IllegalArgumentException("must be send or tell");
        });
    }
}
