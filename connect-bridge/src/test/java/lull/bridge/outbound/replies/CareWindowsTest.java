package lull.bridge.outbound.replies;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.chat.LastMessage;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import lull.lanes.results.MemoryAcknowledgedProducer;
import org.junit.jupiter.api.Test;

final class CareWindowsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    private static final ConversationKey CONVERSATION = new ConversationKey("100", "1555");
    private static final Customer CUSTOMER = new Customer(null, "1555", null);
    private static final Reply REPLY = reply(new ReplyOrigin.Chat("c1", "AGENT", "Bo"));

    private final ChatBook book =
            new ChatBook(new MemoryAcknowledgedProducer(), new ChatMetrics(new SimpleMeterRegistry()));
    private Runnable writtenElsewhere = () -> {};
    private boolean hasWindow = true;
    private final CareWindows windows =
            new CareWindows(book, () -> writtenElsewhere.run(), number -> hasWindow, () -> NOW);

    @Test
    void itIsOverADayAfterTheLastMessage() throws InterruptedException {
        heard(Duration.ofHours(23));
        assertThat(windows.isOver(REPLY)).isFalse();

        heard(Duration.ofHours(25));
        assertThat(windows.isOver(REPLY)).isTrue();
    }

    @Test
    void whatIsNotKnownIsForWhatsAppToSay() throws InterruptedException {
        assertThat(windows.isOver(REPLY)).isFalse();

        book.write(chat());
        assertThat(windows.isOver(REPLY)).isFalse();
    }

    @Test
    void whatAnApplicationMaySendIsForWhatsAppToSay() throws InterruptedException {
        heard(Duration.ofHours(25));

        assertThat(windows.isOver(reply(new ReplyOrigin.Application(null)))).isFalse();
    }

    @Test
    void aNumberOfAnotherProviderHasNoWindow() throws InterruptedException {
        heard(Duration.ofHours(25));
        hasWindow = false;

        assertThat(windows.isOver(REPLY)).isFalse();
    }

    @Test
    void whatAnotherBridgeHasJustHeardCounts() throws InterruptedException {
        heard(Duration.ofHours(25));
        writtenElsewhere = () -> heard(Duration.ZERO);

        assertThat(windows.isOver(REPLY)).isFalse();
    }

    private void heard(Duration ago) {
        Instant at = NOW.minus(ago);
        book.write(chat().heard(new LastMessage("w1", at, at.plus(Duration.ofDays(1)))));
    }

    private static Reply reply(ReplyOrigin origin) {
        return new Reply("r1", CONVERSATION, CUSTOMER, origin, new ReplyContent.Text("Hi"), NOW);
    }

    private static Chat chat() {
        return new Chat("c1", CONVERSATION, CUSTOMER, "t-0-1", 1, NOW, "p", "c", NOW.plusSeconds(60), null);
    }
}
