package lull.bridge.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import lull.bridge.chat.ChatBook;
import lull.bridge.journal.JournalUnavailable;
import lull.bridge.journal.MemoryJournal;
import lull.bridge.lane.Incoming;
import lull.bridge.lane.Outcome;
import lull.bridge.metric.BridgeMetrics;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.json.Json;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventToReplyTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ConversationKey CONVERSATION = new ConversationKey("100", "1555");
    private static final Customer CUSTOMER = new Customer(null, "1555", "Ana");

    private final MemoryJournal journal = new MemoryJournal();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BridgeMetrics metrics = new BridgeMetrics(registry);
    private final ChatBook book = new ChatBook(journal, metrics);
    private Runnable present = () -> {};
    private final EventToReply flow = new EventToReply(book, () -> present.run(), journal, 100, metrics);

    @Test
    void whatAnAgentSaysBecomesAReply() throws InterruptedException {
        open();

        handle(said("e1", "AGENT", "ALL", "text/plain", "Good morning"));

        assertThat(journal.values(Reply.class))
                .containsExactly(new Reply(
                        "e1",
                        CONVERSATION,
                        CUSTOMER,
                        new ReplyOrigin.Chat("c1", "AGENT", "Bo"),
                        new ReplyContent.Text("Good morning"),
                        NOW));
        assertThat(journal.entries().getLast().key()).isEqualTo("100|1555");
    }

    @ParameterizedTest
    @CsvSource({
        "AGENT, ALL, reply",
        "AGENT, CUSTOMER, reply",
        "AGENT, , reply",
        "SYSTEM, ALL, reply",
        "CUSTOM_BOT, ALL, reply",
        "SUPERVISOR, ALL, reply",
        ", ALL, reply",
        ", , reply",
        "AGENT, AGENT, agents_only",
        "SYSTEM, AGENT, agents_only",
        ", AGENT, agents_only",
        "AGENT, SOMETHING_NEW, agents_only",
        "CUSTOMER, ALL, own",
        "CUSTOMER, CUSTOMER, own",
        "CUSTOMER, AGENT, own",
        "CUSTOMER, , own"
    })
    void showsTheCustomerWhatIsForThem(@Nullable String role, @Nullable String visibility, String exit)
            throws InterruptedException {
        open();

        handle(said("e1", role, visibility, "text/plain", "Hi"));

        assertThat(count(exit)).isEqualTo(1);
        assertThat(journal.values(Reply.class)).hasSize(exit.equals("reply") ? 1 : 0);
    }

    @Test
    void markdownGetsWhatsAppsMarks() throws InterruptedException {
        open();

        handle(said("e1", "AGENT", "ALL", "text/markdown; charset=utf-8", "**Hi**"));

        assertThat(journal.values(Reply.class))
                .extracting(Reply::content)
                .containsExactly(new ReplyContent.Text("*Hi*"));
    }

    @Test
    void whatCannotBeShownOrSaysNothingIsCounted() throws InterruptedException {
        open();

        handle(said("e1", "SYSTEM", "ALL", "application/json", "{}"));
        handle(said("e2", "AGENT", "ALL", "text/plain", " "));
        handle(event("e3", "AGENT", "ALL", new ChatEvent.Other("typing")));

        assertThat(journal.values(Reply.class)).isEmpty();
        assertThat(count("not_shown")).isEqualTo(2);
        assertThat(count("empty")).isEqualTo(1);
    }

    @Test
    void whatComesTwiceIsOneReply() throws InterruptedException {
        open();
        ChatEvent event = said("e1", "AGENT", "ALL", "text/plain", "Hi");

        handle(event);
        handle(event);

        assertThat(journal.values(Reply.class)).hasSize(1);
        assertThat(count("repeated")).isEqualTo(1);
    }

    @Test
    void whatTheBrokerDidNotTakeIsNotTakenForSeen() throws InterruptedException {
        open();
        ChatEvent event = said("e1", "AGENT", "ALL", "text/plain", "Hi");
        journal.failAfter(0);
        assertThatThrownBy(() -> handle(event)).isInstanceOf(JournalUnavailable.class);
        journal.heal();

        handle(event);

        assertThat(journal.values(Reply.class)).hasSize(1);
    }

    @Test
    void theEndOfAChatTakesItsTokens() throws InterruptedException {
        open();

        handle(event("e1", null, null, new ChatEvent.Ended()));
        handle(event("e2", null, null, new ChatEvent.Ended()));

        assertThat(journal.values(Chat.class)).hasSize(2).last().satisfies(chat -> {
            assertThat(chat.open()).isFalse();
            assertThat(chat.endedAt()).isEqualTo(NOW);
            assertThat(chat.participantToken()).isNull();
        });
    }

    @Test
    void whatIsSaidInAnEndedChatStillReachesTheCustomer() throws InterruptedException {
        open();
        handle(event("e1", null, null, new ChatEvent.Ended()));

        handle(said("e2", "SYSTEM", "CUSTOMER", "text/plain", "How did we do?"));

        assertThat(journal.values(Reply.class)).hasSize(1);
    }

    @Test
    void anUnknownContactIsLookedForOnceMore() throws InterruptedException {
        present = this::open;

        handle(said("e1", "AGENT", "ALL", "text/plain", "Welcome"));

        assertThat(journal.values(Reply.class)).hasSize(1);
    }

    @Test
    void aContactOfSomebodyElseIsForeign() throws InterruptedException {
        handle(said("e1", "AGENT", "ALL", "text/plain", "Welcome"));
        handle(event("e2", null, null, new ChatEvent.Ended()));

        assertThat(count("foreign")).isEqualTo(2);
        assertThat(journal.entries()).isEmpty();
    }

    private void open() {
        book.write(new Chat("c1", CONVERSATION, CUSTOMER, "t-0-1", 1, NOW, "p", "c", NOW.plusSeconds(60), null));
    }

    private void handle(ChatEvent event) throws InterruptedException {
        assertThat(flow.handle(new Incoming<>(0, 0, 1, "c1", event, NOW, 0), () -> {}))
                .isEqualTo(Outcome.DONE);
    }

    private double count(String exit) {
        return registry.get("lull.bridge.chat.events")
                .tag("exit", exit)
                .counter()
                .count();
    }

    private static ChatEvent said(
            String id, @Nullable String role, @Nullable String visibility, String contentType, String content) {
        return event(id, role, visibility, new ChatEvent.Said(contentType, content));
    }

    private static ChatEvent event(String id, @Nullable String role, @Nullable String visibility, ChatEvent.What what) {
        return new ChatEvent(id, "c1", "c9", NOW, role, "Bo", visibility, what, Json.object());
    }
}
