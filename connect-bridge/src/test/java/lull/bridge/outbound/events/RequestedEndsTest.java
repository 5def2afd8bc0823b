package lull.bridge.outbound.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.chats.ParticipantCalls;
import lull.connect.ScriptedChat;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.json.Json;
import lull.lanes.Incoming;
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
    private final List<String> passed = new ArrayList<>();
    private final RequestedEnds flow = new RequestedEnds(
            book,
            () -> {},
            new ParticipantCalls(book, () -> {}, chat),
            chat,
            () -> NOW,
            new EventMetrics(registry),
            metrics,
            (incoming, fence) -> {
                passed.add(incoming.value().id());
                return Outcome.DONE;
            });

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
        assertThat(passed).isEmpty();
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
    void aContactOfSomebodyElseStaysAndOtherEventsPass() throws InterruptedException {
        assertThat(end("e1")).isEqualTo(Outcome.DONE);
        handle(new ChatEvent("e2", "c1", null, NOW, null, null, null, new ChatEvent.Ended(), Json.object()));

        assertThat(producer.entries()).isEmpty();
        assertThat(passed).containsExactly("e2");
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
        return handle(ChatEvent.endRequested(id, "c1", NOW, "erased"));
    }

    private Outcome handle(ChatEvent event) throws InterruptedException {
        return flow.handle(new Incoming<>(3, 0, 1, "c1", event, NOW, 0), () -> {});
    }
}
