package lull.bridge;

import io.micrometer.core.instrument.FunctionCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import lull.bridge.chats.BegunConversations;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatFollower;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.chats.ChatSettings;
import lull.bridge.chats.ChatSweeper;
import lull.bridge.chats.ParticipantCalls;
import lull.bridge.inbound.InboundSettings;
import lull.bridge.inbound.TurnOptions;
import lull.bridge.outbound.replies.RecentCustomers;
import lull.bridge.outbound.replies.ReplySettings;
import lull.connect.ConnectApis;
import lull.connect.ConnectMetrics;
import lull.connect.ConnectRegions;
import lull.connect.ParticipantPort;
import lull.contract.json.Json;
import lull.contract.message.CustomerAlias;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.lanes.flow.KafkaClients;
import lull.lanes.results.ResultLogSettings;
import lull.runtime.Periodic;
import lull.runtime.QuotaShare;
import lull.runtime.kafka.NotAcknowledged;
import lull.runtime.kafka.TopicFollower;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Settings;
import lull.text.QuoteFollower;
import lull.text.Quotes;
import lull.text.TextSettings;
import lull.whatsapp.WhatsAppSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shared state of both directions: the chats that are known, and the clients of Amazon Connect.
///
/// @param book the chats that this process knows
/// @param follower reads what other bridges have written about chats
/// @param aliases reads the former ids of customers
/// @param begun the conversations that the business has begun
/// @param begunFollower reads them
/// @param line finds the connection of a chat
/// @param apis calls of Amazon Connect
/// @param turns how turns become chats
/// @param quotes the first words of messages
/// @param customers the ids of customers of applications
record Chats(
        ChatBook book,
        ChatFollower follower,
        TopicFollower aliases,
        BegunConversations begun,
        TopicFollower begunFollower,
        ParticipantCalls line,
        ConnectApis apis,
        TurnOptions turns,
        Quotes quotes,
        RecentCustomers customers) {

    private static final Logger log = LoggerFactory.getLogger(Chats.class);

    /// Maximum time that the start waits for the texts of earlier messages, or the customers of
    /// applications.
    private static final Duration EARLIER_PATIENCE = Duration.ofSeconds(10);

    private static final Duration SWEEP_EVERY = Duration.ofMinutes(5);

    /// Returns the client of the Participant Service.
    ParticipantPort port() {
        return apis.participant();
    }

    /// Reads what is known of chats up to now, and opens the clients of Amazon Connect.
    static Chats start(ServiceContext context, KafkaClients kafka, QuotaShare quotas, ChatMetrics metrics)
            throws InterruptedException {
        Settings settings = context.settings();
        ChatBook book = new ChatBook(kafka.producer(), settings.get(ChatSettings.TOKEN_KEYS), metrics);
        TopicFollower aliases = followAliases(context, kafka, book);
        ChatFollower follower = follow(context, kafka, book);
        BegunConversations begun =
                new BegunConversations(kafka.producer(), book.aliases(), ChatSettings.contexts(settings));
        TopicFollower begunFollower = followBegun(context, kafka, begun, metrics);
        context.components()
                .add(
                        "chat sweeper",
                        ChatSweeper.start(book, settings.get(ChatSettings.KEPT), SWEEP_EVERY, context.clock()));
        ConnectApis apis = ConnectRegions.of(settings)
                .open(context, quotas, new ConnectMetrics(context.metrics().registry()));
        TurnOptions turns = InboundSettings.turns(settings, kafka.clusterId());
        return new Chats(
                book,
                follower,
                aliases,
                begun,
                begunFollower,
                new ParticipantCalls(book, follower, apis.participant()),
                apis,
                turns,
                followQuotes(context, kafka, turns),
                followCustomers(context, kafka));
    }

    private static ChatFollower follow(ServiceContext context, KafkaClients kafka, ChatBook book)
            throws InterruptedException {
        ChatFollower follower = context.components()
                .add(
                        "chat follower",
                        new ChatFollower(
                                kafka.consumer("chats"),
                                book,
                                context.settings().get(ResultLogSettings.READ_TIMEOUT)));
        context.health().readyWhile("chats", follower::problem);
        countSkipped(context, "chats", follower, ChatFollower::skipped);
        follower.start();
        // If a turn were handled before its chat is known, it would open a second chat.
        follower.awaitStart(context.settings().get(ChatSettings.START_TIMEOUT));
        return follower;
    }

    private static Quotes followQuotes(ServiceContext context, KafkaClients kafka, TurnOptions turns)
            throws InterruptedException {
        int size = context.settings().get(TextSettings.QUOTES);
        Quotes quotes = new Quotes(size);
        if (size == 0) {
            return quotes;
        }
        QuoteFollower follower = context.components()
                .add(
                        "quote follower",
                        new QuoteFollower(
                                kafka.consumer("quotes"),
                                quotes,
                                turns.texts(),
                                new QuoteFollower.Options(
                                        size,
                                        context.clock()
                                                .instant()
                                                .minus(context.settings().get(TextSettings.QUOTE_WINDOW)),
                                        context.settings().get(WhatsAppSettings.MAX_CHARACTERS),
                                        context.settings().get(ResultLogSettings.READ_TIMEOUT))));
        countSkipped(context, "quotes", follower, QuoteFollower::skipped);
        follower.start(EARLIER_PATIENCE);
        return quotes;
    }

    /// Few replies need it, so nothing waits long for it, and a bridge without it is ready all the
    /// same.
    private static RecentCustomers followCustomers(ServiceContext context, KafkaClients kafka)
            throws InterruptedException {
        int size = context.settings().get(ReplySettings.RECENT_CUSTOMERS);
        RecentCustomers customers = new RecentCustomers(size);
        if (size == 0) {
            return customers;
        }
        TopicFollower follower = context.components()
                .add(
                        "customer follower",
                        new TopicFollower(
                                kafka.consumer("customers"),
                                List.of(Topics.APPLICATION_TURN_CLOSED),
                                turn -> {
                                    if (turn.value() != null) {
                                        customers.learn(Json.read(turn.value(), Turn.class));
                                    }
                                },
                                new TopicFollower.Start(size, Instant.EPOCH),
                                context.settings().get(ResultLogSettings.READ_TIMEOUT)));
        countSkipped(context, "customers", follower, TopicFollower::skipped);
        follower.start();
        try {
            follower.awaitStart(EARLIER_PATIENCE);
        } catch (NotAcknowledged e) {
            log.atInfo()
                    .addKeyValue("error", e.getMessage())
                    .log(
                            "Earlier turns of applications are still being read; until then a reply by another id than that"
                                    + " of the conversation may go to a conversation of its own");
        }
        return customers;
    }

    private static TopicFollower followAliases(ServiceContext context, KafkaClients kafka, ChatBook book)
            throws InterruptedException {
        TopicFollower follower = context.components()
                .add(
                        "alias follower",
                        new TopicFollower(
                                kafka.consumer("aliases"),
                                Topics.CUSTOMER_ALIAS,
                                (oldId, value, _) -> book.aliases()
                                        .apply(oldId, value == null ? null : Json.read(value, CustomerAlias.class)),
                                context.settings().get(ResultLogSettings.READ_TIMEOUT)));
        context.health().readyWhile("aliases", follower::problem);
        countSkipped(context, "aliases", follower, TopicFollower::skipped);
        follower.start();
        follower.awaitStart(context.settings().get(ChatSettings.START_TIMEOUT));
        return follower;
    }

    private static TopicFollower followBegun(
            ServiceContext context, KafkaClients kafka, BegunConversations begun, ChatMetrics metrics)
            throws InterruptedException {
        TopicFollower follower = context.components()
                .add(
                        "follower of conversations",
                        new TopicFollower(
                                kafka.consumer("conversations"),
                                Topics.CONVERSATION_BEGUN,
                                begun::take,
                                context.settings().get(ResultLogSettings.READ_TIMEOUT)));
        context.health().readyWhile("conversations", follower::problem);
        countSkipped(context, "conversations", follower, TopicFollower::skipped);
        metrics.show(
                "conversations.begun",
                "Conversations that the business has begun of which this bridge knows the context",
                begun,
                BegunConversations::size);
        follower.start();
        // Otherwise an answer could open a chat without its context.
        follower.awaitStart(context.settings().get(ChatSettings.START_TIMEOUT));
        context.components().add("sweeper of conversations", Periodic.start("sweep-conversations", SWEEP_EVERY, () -> {
            int forgotten = begun.forget(context.clock().instant());
            log.atDebug().addKeyValue("conversations", forgotten).log("Forgotten");
        }));
        return follower;
    }

    /// Brings everything up to date by which the chat of a turn is found or opened.
    void toPresentEnd() throws InterruptedException {
        aliases.toPresentEnd();
        begunFollower.toPresentEnd();
    }

    /// Counts the records that a reader of topics skips.
    static <T> void countSkipped(ServiceContext context, String reader, T follower, ToDoubleFunction<T> skipped) {
        FunctionCounter.builder("lull.bridge.records.skipped", follower, skipped)
                .description("Records that a reader of topics skipped, as they could not be read or failed")
                .tag("reader", reader)
                .register(context.metrics().registry());
    }
}
