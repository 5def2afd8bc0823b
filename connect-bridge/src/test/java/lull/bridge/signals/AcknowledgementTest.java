package lull.bridge.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.chat.SentPart;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.lanes.results.MemoryAcknowledgedProducer;
import org.junit.jupiter.api.Test;

final class AcknowledgementTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ConversationKey CONVERSATION = new ConversationKey("100", "US.1");
    private static final Customer CUSTOMER = new Customer("US.1", "1555", null);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MemoryAcknowledgedProducer producer = new MemoryAcknowledgedProducer();
    private final ChatBook book = new ChatBook(producer, new ChatMetrics(registry));

    @Test
    void aTurnIsAcknowledgedByAReplyWhoseIdIsItsOwn() {
        open();
        with("\uD83D\uDC4D").ask(part("t-0-1"));
        with("\uD83D\uDC4D").ask(part("t-0-1"));
        with("\uD83D\uDC4D").ask(part("t-0-2"));

        List<Reply> replies = producer.values(Reply.class);
        assertThat(replies).hasSize(3).allSatisfy(reply -> {
            assertThat(reply.id()).startsWith("app-");
            assertThat(reply.customer()).isEqualTo(CUSTOMER);
            assertThat(reply.content()).isEqualTo(new ReplyContent.Reaction("w2", "\uD83D\uDC4D", null));
        });
        assertThat(replies.get(0).id())
                .isEqualTo(replies.get(1).id())
                .isNotEqualTo(replies.get(2).id());
        assertThat(count("requested")).isEqualTo(3);
    }

    @Test
    void withoutAnEmojiThereIsNone() {
        open();
        with("").ask(part("t-0-1"));

        assertThat(producer.values(Reply.class)).isEmpty();
        assertThat(count("not_wanted")).isOne();
    }

    @Test
    void aChatThatIsForgottenGetsNone() {
        with("\uD83D\uDC4D").ask(part("t-0-1"));

        assertThat(producer.values(Reply.class)).isEmpty();
        assertThat(count("no_chat")).isOne();
    }

    private Acknowledgement with(String emoji) {
        return new Acknowledgement(emoji, book, producer, () -> NOW, new SignalMetrics(registry));
    }

    private void open() {
        book.write(new Chat("c1", CONVERSATION, CUSTOMER, "t-0-1", 1, NOW, "p", "c", NOW, null));
    }

    private static SentPart part(String turn) {
        return new SentPart(turn, CONVERSATION, 0, 0, "c1", "m1", List.of("w1", "w2"), NOW, true);
    }

    private double count(String exit) {
        return registry.get("lull.bridge.reactions").tag("exit", exit).counter().count();
    }
}
