package lull.bridge.outbound.replies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import lull.bridge.chats.Aliases;
import lull.bridge.chats.BegunConversations;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.chats.ParticipantCalls;
import lull.bridge.notices.AgentNotes;
import lull.bridge.notices.NoticeMetrics;
import lull.bridge.notices.Receipts;
import lull.connect.ScriptedChat;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.json.Json;
import lull.contract.message.MessageStatus;
import lull.contract.message.Source;
import lull.contract.reply.Beginning;
import lull.contract.reply.ConversationBegun;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topics;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.results.MemoryAcknowledgedProducer;
import lull.lanes.results.MemoryPartitionTailReader;
import lull.lanes.results.ResultLog;
import lull.runtime.trace.Tracing;
import lull.text.AgentTexts;
import lull.text.Rendering;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusToReplyTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ConversationKey CONVERSATION = new ConversationKey("100", "1555");

    private final MemoryAcknowledgedProducer producer = new MemoryAcknowledgedProducer();
    private final MemoryAcknowledgedProducer begunTopic = new MemoryAcknowledgedProducer();
    private final BegunConversations begun =
            new BegunConversations(begunTopic, new Aliases(), new BegunConversations.Options(Duration.ofDays(7), 100));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ChatBook book = new ChatBook(producer, new ChatMetrics(registry));
    private final ScriptedChat chat = new ScriptedChat();
    private MemoryPartitionTailReader<ReplyOutcome> tail = tail();
    private StatusToReply flow = restarted();

    @Test
    void aReportStandsBesideTheOtherOutcomesInTheStatusesPartition() throws InterruptedException {
        handle("1|r1/2|100|1555", "delivered");

        assertThat(producer.entries())
                .containsExactly(new MemoryAcknowledgedProducer.Entry(
                        "whatsapp.reply.sent",
                        5,
                        "r1",
                        new ReplyOutcome.Reported("r1", 2, "wamid.1", "delivered", NOW)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sent,delivered,read,played | sent,delivered,read,played
            delivered,sent,read        | delivered,read
            read,delivered,sent        | read
            sent,sent,delivered        | sent,delivered
            delivered,failed           | delivered
            """)
    void aStatusNeverGoesBack(String came, String stands) throws InterruptedException {
        for (String word : came.split(",", -1)) {
            handle("1|r1|100|1555", word);
            flow = restarted();
        }

        assertThat(String.join(",", reported())).isEqualTo(stands);
    }

    @Test
    void inWhateverOrderAndHowOftenStatusesComeTheyOnlyGoForward() throws InterruptedException {
        long seed = Long.getLong("lull.seed", System.nanoTime());
        Random random = new Random(seed);
        List<String> order = List.of("sent", "delivered", "read", "played");
        for (int i = 0; i < 200; i++) {
            handle("1|r1|100|1555", order.get(random.nextInt(order.size())));
            if (random.nextInt(10) == 0) {
                flow = restarted();
            }
        }

        assertThat(reported().stream().map(order::indexOf).toList())
                .as("seed %d", seed)
                .isSorted()
                .doesNotHaveDuplicates()
                .last()
                .isEqualTo(3);
    }

    @Test
    void theAgentSeesWhatWasDeliveredAndReadOnce() throws InterruptedException {
        open();

        handle("1|r1|100|1555", "sent");
        handle("1|r1|100|1555", "read");
        handle("1|r1|100|1555", "delivered");
        handle("1|r1/1|100|1555", "read");
        handle("1|app-1|100|1555", "read");

        assertThat(chat.told()).containsExactly("READ r1");
    }

    @Test
    void theAgentSeesOfEachTextOfAMessageThatItWasDeliveredAndRead() throws InterruptedException {
        open();
        tail.writtenByOthers(new ReplyOutcome.Intended("join-1", 0, "c1", NOW, null, List.of("e1", "e2", "e3")));

        handle("1|join-1|100|1555", "delivered");
        handle("1|join-1|100|1555", "read");
        handle("1|join-2|100|1555", "read");

        assertThat(chat.told())
                .containsExactly("DELIVERED e1", "DELIVERED e2", "DELIVERED e3", "READ e1", "READ e2", "READ e3");
    }

    @Test
    void theAgentIsToldWhatCouldNotBeDelivered() throws InterruptedException {
        open();
        tail.writtenByOthers(new ReplyOutcome.Intended("r1", 0, "c1", NOW));

        handle("1|r1|100|1555", "failed");

        assertThat(chat.said()).containsExactly("[WhatsApp] Not delivered: WhatsApp cannot reach this customer.");
        assertThat(producer.values(ReplyOutcome.Refused.class))
                .extracting(ReplyOutcome.Refused::code)
                .containsExactly(131026);
    }

    @Test
    void nobodyIsToldWhereNoAgentWaits() throws InterruptedException {
        open();
        tail.writtenByOthers(new ReplyOutcome.Intended("r1", 0, null, NOW));

        handle("1|r1|100|1555", "failed");

        assertThat(chat.said()).isEmpty();
        assertThat(count("failed")).isEqualTo(1);
    }

    @Test
    void whileConnectFailsTheAgentIsStillToBeTold() throws InterruptedException {
        open();
        tail.writtenByOthers(new ReplyOutcome.Intended("r1", 0, "c1", NOW));
        chat.failsWith(429);
        assertThat(flow.handle(incoming("1|r1|100|1555", "failed", 0), () -> {}))
                .isInstanceOf(Outcome.Retry.class);
        chat.works();

        assertThat(flow.handle(incoming("1|r1|100|1555", "failed", 1), () -> {}))
                .isEqualTo(Outcome.DONE);
        assertThat(chat.said()).hasSize(1);
        assertThat(producer.values(ReplyOutcome.Refused.class)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"order-17, sent, foreign", ", sent, foreign", "1|r1|100|1555, in_orbit, unknown"})
    void whatIsNotOursOrNotKnownIsCounted(@Nullable String callback, String word, String exit)
            throws InterruptedException {
        handle(callback, word);

        assertThat(count(exit)).isEqualTo(1);
        assertThat(producer.entries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1555, , 1555, US.1, 1555, US.1",
        ", US.1, 1555, US.1, 1555, US.1",
        "1555, , 1556, US.1, 1555,",
        "1555, US.2, 1555, US.1, 1555, US.2",
        "1555, , 1555, , 1555,",
    })
    void aChatLearnsTheIdThatItDoesNotKnow(
            @Nullable String phone,
            @Nullable String userId,
            String recipient,
            @Nullable String recipientUser,
            @Nullable String phoneAfter,
            @Nullable String userIdAfter)
            throws InterruptedException {
        open(new Customer(userId, phone, "Ana"));
        Incoming<MessageStatus> status = incoming("1|r1|100|1555", "delivered", 0);
        ((ObjectNode) status.value().raw()).put("recipient_id", recipient).put("recipient_user_id", recipientUser);

        for (int time = 0; time < 2; time++) {
            flow.handle(status, () -> {});
        }

        Customer known = book.byContact("c1").orElseThrow().customer();
        assertThat(known).isEqualTo(new Customer(userIdAfter, phoneAfter, "Ana"));
        assertThat(book.byContact("c1").orElseThrow().newAddress()).isNull();
        assertThat(producer.values(Chat.class)).hasSizeLessThanOrEqualTo(2);
    }

    private List<String> reported() {
        return producer.values(ReplyOutcome.Reported.class).stream()
                .map(ReplyOutcome.Reported::status)
                .toList();
    }

    private double count(String exit) {
        return registry.get("lull.bridge.statuses").tag("exit", exit).counter().count();
    }

    private void open() {
        open(new Customer(null, "1555", null));
    }

    private void open(Customer customer) {
        book.write(new Chat("c1", CONVERSATION, customer, "t-0-1", 1, NOW, "p", "c", NOW.plusSeconds(60), null));
    }

    private void handle(@Nullable String callback, String word) throws InterruptedException {
        assertThat(flow.handle(incoming(callback, word, 0), () -> {})).isEqualTo(Outcome.DONE);
    }

    private static Incoming<MessageStatus> incoming(@Nullable String callback, String word, int attempt) {
        var raw = Json.object();
        raw.putArray("errors").addObject().put("code", 131026);
        MessageStatus status = new MessageStatus(
                "wamid.1",
                word,
                CONVERSATION,
                NOW,
                new Source("meta", ""),
                new Business("100", null, null),
                callback,
                null,
                raw);
        return new Incoming<>(5, 0, 1, CONVERSATION.toString(), status, NOW, attempt);
    }

    @Test
    void aStatusWithBothIdsLetsAnAnswerByTheOtherOneFindItsTemplate() throws InterruptedException {
        begins();
        Incoming<MessageStatus> status = incoming("1|app-1|100|1555", "delivered", 0);
        ((ObjectNode) status.value().raw()).put("recipient_id", "1555").put("recipient_user_id", "US.1");
        flow.handle(status, () -> {});
        flow.handle(status, () -> {});

        assertThat(begunTopic.entries())
                .extracting(MemoryAcknowledgedProducer.Entry::key)
                .containsExactly("app-1", "app-1/ids");
    }

    @Test
    void whatATemplateBeganThatIsNotDeliveredIsWithdrawn() throws InterruptedException {
        begins();
        handle("1|app-1|100|1555", "failed");

        assertThat(begun.of("app-1")).isEmpty();
    }

    private void begins() {
        begun.begin(new ConversationBegun(
                "app-1",
                CONVERSATION,
                new Customer(null, "1555", null),
                "order",
                List.of(),
                new Beginning(null, null, new TreeMap<>()),
                NOW,
                null));
    }

    private StatusToReply restarted() {
        tail = tail();
        ReplyMetrics metrics = new ReplyMetrics(registry);
        NoticeMetrics noticeMetrics = new NoticeMetrics(registry);
        ParticipantCalls line = new ParticipantCalls(book, () -> {}, chat);
        return new StatusToReply(
                book,
                new ResultLog<>(Topics.REPLY_SENT, tail, producer),
                new AgentNotes(
                        book,
                        line,
                        chat,
                        new AgentNotes.Policy(true, "[WhatsApp]", Duration.ofMinutes(1)),
                        System::nanoTime,
                        noticeMetrics),
                new Receipts(book, line, chat, new Receipts.Policy(true, true, 100), System::nanoTime, noticeMetrics),
                new BegunByReplies(
                        begun,
                        book,
                        (_, _, _) -> true,
                        new Rendering(AgentTexts.load("en", Optional.empty())),
                        1_024,
                        () -> NOW),
                () -> NOW,
                metrics,
                noticeMetrics,
                Tracing.off());
    }

    private MemoryPartitionTailReader<ReplyOutcome> tail() {
        return new MemoryPartitionTailReader<>(
                ReplyOutcome::replyId, new ArrayList<>(producer.values(ReplyOutcome.class)));
    }
}
