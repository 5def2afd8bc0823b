package lull.contract.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.topic.Topic.Kept;
import lull.contract.topic.Topic.Stamped;

/// Catalogue of Lull's topics: services, CLI, local broker, deployment and docs all read it.
public final class Topics {

    /// Within it brokers delete what a later record has replaced or erased.
    private static final Duration DAY = Duration.ofDays(1);

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration YEAR = Duration.ofDays(365);

    /// The default input topic.
    public static final Topic MESSAGE_RECEIVED = input("whatsapp.message.received");

    public static final Topic MESSAGE_STATUS = kept("whatsapp.message.status", "conversation", "MessageStatus", WEEK);
    public static final Topic ACCOUNT_EVENT = kept("whatsapp.account.event", "business number", "AccountEvent", MONTH);
    public static final Topic WEBHOOK_UNPARSED =
            kept("whatsapp.webhook.unparsed", "none", "bytes of the webhook; the reason is in its headers", MONTH);
    public static final Topic TURN_CLOSED = turns("whatsapp.turn.closed");
    public static final Topic CHAT_EVENT = kept("connect.chat.event", "initial contact id", "ChatEvent", WEEK);
    public static final Topic CHAT = new Topic(
            "connect.chat", "initial contact id", "Chat", new Kept.LatestOfEachKey(null, DAY), Stamped.BY_PRODUCER);
    public static final Topic CONNECT_MESSAGE_SENT =
            kept("connect.message.sent", "turn id, in the turn's partition", "SentPart", WEEK);
    public static final Topic REPLY_REQUESTED = kept("whatsapp.reply.requested", "conversation", "Reply", WEEK);
    public static final Topic REPLY_SENT =
            kept("whatsapp.reply.sent", "reply id, in the request's partition", "ReplyOutcome", WEEK);
    public static final Topic APPLICATION_TURN_CLOSED = turns("application.turn.closed");
    public static final Topic APPLICATION_TURN_HANDLED =
            kept("application.turn.handled", "turn id, in the turn's partition", "TurnHandled", WEEK);

    /// Exists only if an assistant begins before turns have ended, so it is not among [#all(List)].
    public static final Topic APPLICATION_TURN_EXPECTED =
            kept("application.turn.expected", "conversation", "Turn", DAY);

    public static final Topic CUSTOMER_ALIAS = new Topic(
            "whatsapp.customer.alias",
            "old customer id",
            "CustomerAlias",
            new Kept.LatestOfEachKey(null, DAY),
            Stamped.BY_PRODUCER);
    /// The present state of accounts, numbers, templates and customers' wishes.
    public static final Topic ACCOUNT = new Topic(
            "whatsapp.account",
            "subject, account, id and aspect",
            "AccountFact",
            new Kept.LatestOfEachKey(null, DAY),
            Stamped.BY_PRODUCER);
    /// Conversations that the business has begun with a template, until their customers have answered.
    public static final Topic CONVERSATION_BEGUN = new Topic(
            "whatsapp.conversation.begun",
            "reply id",
            "ConversationBegun",
            new Kept.LatestOfEachKey(null, DAY),
            Stamped.BY_PRODUCER);
    public static final Topic TOPIC_LAYOUT = new Topic(
            "lull.topic.layout", "topic", "TopicLayout", new Kept.LatestOfEachKey(null, null), Stamped.BY_PRODUCER);
    public static final Topic ACTION_PERFORMED =
            kept("whatsapp.action.performed", "id of the request", "ActionPerformed", YEAR);
    public static final Topic SETTING_CHANGED = kept("lull.setting.changed", "input topic", "SettingChange", YEAR);
    public static final Topic DEAD_LETTER_HANDLED =
            kept("lull.dead.letter.handled", "id of the dead letter", "DeadLetterHandled", YEAR);

    private static final String DEAD_LETTERS = ".dlq";

    /// Topics whose records belong to those in the same partition of another topic.
    private static final Map<String, String> FOLLOWING = Map.of(
            CONNECT_MESSAGE_SENT.name(), TURN_CLOSED.name(),
            APPLICATION_TURN_HANDLED.name(), APPLICATION_TURN_CLOSED.name(),
            REPLY_SENT.name(), REPLY_REQUESTED.name(),
            MESSAGE_STATUS.name(), REPLY_REQUESTED.name());

    private Topics() {}

    /// Returns an input topic: its broker sets the records' timestamps, because their append time is
    /// the clock of turns.
    public static Topic input(String name) {
        return new Topic(name, "conversation", "InputRecord", new Kept.For(WEEK), Stamped.BY_BROKER);
    }

    /// Returns a topic to which turns are written.
    public static Topic turns(String name) {
        return kept(name, "conversation", "Turn", WEEK);
    }

    /// Returns the application id of the aggregator of an input topic.
    public static String applicationId(String inputTopic) {
        return "lull-turns-" + inputTopic;
    }

    /// Returns the changelog of one of the aggregator's stores.
    public static Topic changelog(String inputTopic, String store) {
        return new Topic(
                applicationId(inputTopic) + "-" + store + "-changelog",
                "key of the store",
                "value of the store",
                new Kept.LatestOfEachKey(32 * 1024 * 1024, Duration.ofMinutes(5)),
                Stamped.BY_PRODUCER);
    }

    /// Returns the topic that has the same number of partitions as the one of this name, because
    /// records go from a partition of one to that of the other; empty if a topic is independent.
    public static Optional<String> partitionedAs(String name) {
        String other = FOLLOWING.get(name);
        return other == null ? inputOfChangelog(name) : Optional.of(other);
    }

    /// Whether the order of a topic's records, or what is remembered of them, depends on the partition
    /// of their key. Then its number of partitions cannot change while it still has records to read.
    public static boolean isKeyed(Topic topic) {
        return !topic.name().endsWith(DEAD_LETTERS)
                && !List.of(
                                WEBHOOK_UNPARSED,
                                ACTION_PERFORMED,
                                SETTING_CHANGED,
                                DEAD_LETTER_HANDLED,
                                TOPIC_LAYOUT,
                                ACCOUNT,
                                CONVERSATION_BEGUN,
                                APPLICATION_TURN_EXPECTED)
                        .contains(topic);
    }

    /// Whether a topic has one partition, whatever number others have: it is small, and every process
    /// reads all of it, in the order of its records.
    public static boolean hasOnePartition(Topic topic) {
        return topic.equals(ACCOUNT) || topic.equals(CONVERSATION_BEGUN);
    }

    private static Optional<String> inputOfChangelog(String name) {
        String prefix = applicationId("");
        return STORES.stream()
                .map(store -> "-" + store + "-changelog")
                .filter(suffix -> name.startsWith(prefix) && name.endsWith(suffix))
                .map(suffix -> name.substring(prefix.length(), name.length() - suffix.length()))
                .findFirst();
    }

    /// The name of the aggregator's store of open turns.
    public static final String OPEN_TURNS = "open-turns";

    /// The names of the aggregator's stores.
    public static final List<String> STORES = List.of(OPEN_TURNS, "duplicates");

    /// Returns every topic of an installation with these input topics, including dead letters and
    /// changelogs.
    public static List<Topic> all(List<String> inputTopics) {
        List<Topic> all = new ArrayList<>();
        for (String name : inputTopics) {
            Topic input = input(name);
            all.add(input);
            all.add(input.deadLetters());
            STORES.forEach(store -> all.add(changelog(name, store)));
        }
        all.addAll(List.of(
                MESSAGE_STATUS,
                MESSAGE_STATUS.deadLetters(),
                ACCOUNT_EVENT,
                ACCOUNT_EVENT.deadLetters(),
                ACCOUNT,
                WEBHOOK_UNPARSED,
                TURN_CLOSED,
                TURN_CLOSED.deadLetters(),
                CHAT_EVENT,
                CHAT_EVENT.deadLetters(),
                CHAT,
                CONNECT_MESSAGE_SENT,
                CONNECT_MESSAGE_SENT.deadLetters(),
                REPLY_REQUESTED,
                REPLY_REQUESTED.deadLetters(),
                REPLY_SENT,
                APPLICATION_TURN_CLOSED,
                APPLICATION_TURN_CLOSED.deadLetters(),
                APPLICATION_TURN_HANDLED,
                CUSTOMER_ALIAS,
                CONVERSATION_BEGUN,
                ACTION_PERFORMED,
                SETTING_CHANGED,
                DEAD_LETTER_HANDLED,
                TOPIC_LAYOUT));
        return List.copyOf(all);
    }

    private static Topic kept(String name, String key, String value, Duration retention) {
        return new Topic(name, key, value, new Kept.For(retention), Stamped.BY_PRODUCER);
    }
}
