package lull.bridge.outbound.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.chats.ParticipantCalls;
import lull.connect.ScriptedChat;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.lanes.Outcome;
import lull.lanes.results.MemoryAcknowledgedProducer;
import org.junit.jupiter.api.Test;

final class RequestedEndsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final MemoryAcknowledgedProducer producer = new MemoryAcknowledgedProducer();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ChatMetrics metrics = new ChatMetrics(registry);
    private final ChatBook book = new ChatBook(producer, metrics);
    private final ScriptedChat chat = new ScriptedChat();
    private final RequestedEnds flow = new RequestedEnds(
            book,
            () -> {},
            new ParticipantCalls(book, () -> {}, chat),
            chat,
            () -> NOW,
            new EventMetrics(registry),
            metrics);

    @Test
    void theCustomerLeavesOnceAndTheChatIsOver() throws InterruptedException {
        open();

        assertThat(end("e1")).isEqualTo(Outcome.DONE);
        assertThat(end("e1")).isEqualTo(Outcome.DONE);

        assertThat(chat.told()).singleElement().asString().startsWith("LEFT ");
        assertThat(producer.values(Chat.class).getLast()).satisfies(ended -> {
            assertThat(ended.open()).isFalse();
            assertThat(ended.endedAt()).isEqualTo(NOW);
            assertThat(ended.participantToken()).isNull();
        });
        assertThat(registry.get("lull.bridge.chats.ended")
                        .tag("by", "request")
                        .counter()
                        .count())
                .isOne();
    }

    /// As after a crash between the call and the record.
    @Test
    void aChatThatConnectHasEndedIsRecorded() throws InterruptedException {
        open();
        chat.failsWith(403);

        assertThat(end("e1")).isEqualTo(Outcome.DONE);

        assertThat(producer.values(Chat.class).getLast().open()).isFalse();
    }

    @Test
    void itIsTriedAgainWhileConnectFails() throws InterruptedException {
        open();
        chat.failsWith(429);

        assertThat(end("e1")).isInstanceOf(Outcome.Retry.class);
        assertThat(book.byContact("c1").orElseThrow().open()).isTrue();
    }

    @Test
    void aContactOfSomebodyElseStays() throws InterruptedException {
        assertThat(end("e1")).isEqualTo(Outcome.DONE);

        assertThat(producer.entries()).isEmpty();
    }

    private void open() {
        book.write(new Chat(
                "c1",
                new ConversationKey("100", "1555"),
                new Customer(null, "1555", "Ana"),
                "t-0-1",
                1,
                NOW.minusSeconds(60),
                "p",
                "c",
                NOW.plusSeconds(60),
                null));
    }

    private Outcome end(String id) throws InterruptedException {
        return flow.end(ChatEvent.endRequested(id, "c1", NOW, "erased"), "erased", () -> {});
    }
}
