package lull.bridge.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.AccountEvent;
import lull.contract.message.Source;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.results.MemoryAcknowledgedProducer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HandBackTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final MemoryAcknowledgedProducer producer = new MemoryAcknowledgedProducer();
    private final ChatBook book =
            new ChatBook(new MemoryAcknowledgedProducer(), new ChatMetrics(new SimpleMeterRegistry()));
    private int followed;
    private final HandBack flow = new HandBack(book, producer, (incoming, fence) -> {
        followed++;
        return Outcome.DONE;
    });

    @ParameterizedTest
    @ValueSource(strings = {"'phone_number':'1555'", "'phone_number':'1555','user_id':'US.1'", "'user_id':'US.1'"})
    void theOpenChatOfTheCustomerIsToEnd(String sender) throws Exception {
        open(NOW.minusSeconds(60), null);

        handle("messaging_handovers", passed(sender, "escalation", "ai_agent"));

        assertThat(producer.entries()).hasSize(1);
        assertThat(producer.entries().getFirst().key()).isEqualTo("c1");
        assertThat(producer.values(ChatEvent.class)).singleElement().satisfies(event -> {
            assertThat(event.what()).isInstanceOf(ChatEvent.EndRequested.class);
            assertThat(event.initialContactId()).isEqualTo("c1");
        });
        assertThat(followed).isOne();
    }

    @Test
    void aRepeatedEventRequestsTheSame() throws Exception {
        open(NOW.minusSeconds(60), null);

        handle("messaging_handovers", passed("'phone_number':'1555'", "escalation", "ai_agent"));
        handle("messaging_handovers", passed("'phone_number':'1555'", "escalation", "ai_agent"));

        assertThat(producer.values(ChatEvent.class))
                .extracting(ChatEvent::id)
                .hasSize(2)
                .containsOnly("hand-back-" + NOW.toEpochMilli());
    }

    @Test
    void otherEventsEndNothing() throws Exception {
        open(NOW.minusSeconds(60), null);

        handle("messaging_handovers", passed("'phone_number':'1555'", "ai_agent", "escalation"));
        handle("messaging_handovers", passed("'phone_number':'1777'", "escalation", "ai_agent"));
        handle("standby", passed("'phone_number':'1555'", "escalation", "ai_agent"));
        handle("messaging_handovers", "{'type':'control_passed','control_passed':'ai_agent'}");
        handle("messaging_handovers", "7");

        assertThat(producer.entries()).isEmpty();
        assertThat(followed).isEqualTo(5);
    }

    @Test
    void aChatThatIsOverOrWasOpenedLaterStays() throws Exception {
        open(NOW.minusSeconds(60), NOW.minusSeconds(30));
        handle("messaging_handovers", passed("'phone_number':'1555'", "escalation", "ai_agent"));
        open(NOW.plusSeconds(2), null);
        handle("messaging_handovers", passed("'phone_number':'1555'", "escalation", "ai_agent"));

        assertThat(producer.entries()).isEmpty();
    }

    private void open(Instant at, @Nullable Instant endedAt) {
        Chat chat = new Chat(
                "c1",
                new ConversationKey("100", "1555"),
                new Customer("US.1", "1555", "Ana"),
                "t-0-1",
                1,
                at,
                "p",
                "c",
                NOW.plusSeconds(60),
                null);
        book.write(endedAt == null ? chat : chat.ended(endedAt));
    }

    private static String passed(String sender, String from, String to) {
        return "{'messaging_product':'whatsapp','sender':{" + sender + "},'recipient':{'phone_number_id':'100'},"
                + "'type':'control_passed','timestamp':'" + NOW.getEpochSecond() + "','control_passed':{"
                + "'previous_owner_role':'" + from + "','new_owner_role':'" + to + "'}}";
    }

    private void handle(String field, String value) throws InterruptedException, UnreadableJson {
        JsonNode raw = Json.tree(("{\"value\":" + value.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8));
        AccountEvent event = new AccountEvent(field, "1", NOW, NOW.plusSeconds(3), new Source("meta", "default"), raw);
        assertThat(flow.handle(new Incoming<>(3, 0, 1, "1", event, NOW, 0), () -> {}))
                .isEqualTo(Outcome.DONE);
    }
}
