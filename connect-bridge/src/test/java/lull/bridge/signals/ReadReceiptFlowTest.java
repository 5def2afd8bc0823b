package lull.bridge.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.chat.SentPart;
import lull.contract.message.Flag;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.results.MemoryAcknowledgedProducer;
import lull.runtime.TokenBucket;
import lull.whatsapp.SendRateLimiter;
import org.junit.jupiter.api.Test;

final class ReadReceiptFlowTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<String> marked = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> acknowledged = new ArrayList<>();
    private final ChatBook book = new ChatBook(new MemoryAcknowledgedProducer(), new ChatMetrics(registry));
    private SendRateLimiter pace = pace(1_000);
    private boolean taken = true;

    @Test
    void theLastMessageOfATurnIsMarkedAndAcknowledgedOnce() throws InterruptedException {
        ReadReceiptFlow flow = flow(true);
        handle(flow, List.of("w1"), false);
        handle(flow, List.of("w2", "w3"), true);

        assertThat(marked).containsExactly("100 w3");
        assertThat(acknowledged).containsExactly("t-0-1");
        assertThat(count("sent")).isEqualTo(1);
    }

    @Test
    void marksAboveTheBudgetAreLeftOut() throws InterruptedException {
        ReadReceiptFlow flow = flow(true);
        for (int i = 0; i < 3; i++) {
            handle(flow, List.of("w" + i));
        }
        now.addAndGet(500_000_000L);
        handle(flow, List.of("w3"));

        assertThat(marked).containsExactly("100 w0", "100 w1", "100 w3");
        assertThat(count("over_budget")).isEqualTo(1);
    }

    @Test
    void whatWhatsAppDoesNotTakeStopsNothing() throws InterruptedException {
        taken = false;
        handle(flow(true), List.of("w1"));

        assertThat(count("refused")).isEqualTo(1);
    }

    @Test
    void marksCanBeSwitchedOff() throws InterruptedException {
        handle(flow(false), List.of("w1"));
        handle(flow(true), List.of());

        assertThat(marked).isEmpty();
        assertThat(count("not_wanted")).isEqualTo(2);
    }

    @Test
    void operatorsSwitchThemForAChat() throws InterruptedException {
        switches(false);
        handle(flow(true), List.of("w1"));
        switches(true);
        handle(flow(false), List.of("w2"));

        assertThat(marked).containsExactly("100 w2");
    }

    private void switches(boolean on) {
        Customer customer = new Customer(null, "1555", null);
        book.write(new Chat("c1", new ConversationKey("100", "1555"), customer, "t-0-1", 1, NOW, "p", "c", NOW, null)
                .flagged(new TreeMap<>(Map.of(Flag.RECEIPTS.word(), on))));
    }

    @Test
    void marksGiveWayToMessages() throws InterruptedException {
        pace = pace(4);
        for (int i = 0; i < 3; i++) {
            pace.take(new ConversationKey("100", "155" + i));
        }

        handle(flow(true), List.of("w1"));
        assertThat(count("over_budget")).isOne();

        now.addAndGet(Duration.ofSeconds(1).toNanos());
        handle(flow(true), List.of("w2"));
        assertThat(marked).containsExactly("100 w2");
    }

    private SendRateLimiter pace(int burst) {
        TokenBucket.Rate rate = new TokenBucket.Rate(Duration.ofSeconds(1), burst);
        return new SendRateLimiter(rate, rate, now::get);
    }

    private void handle(ReadReceiptFlow flow, List<String> messageIds) throws InterruptedException {
        handle(flow, messageIds, true);
    }

    private void handle(ReadReceiptFlow flow, List<String> messageIds, boolean last) throws InterruptedException {
        SentPart part =
                new SentPart("t-0-1", new ConversationKey("100", "1555"), 0, 0, "c1", "m1", messageIds, NOW, last);
        assertThat(flow.handle(new Incoming<>(0, 0, 1, "t-0-1", part, NOW, 0), () -> {}))
                .isEqualTo(Outcome.DONE);
    }

    private ReadReceiptFlow flow(boolean enabled) {
        return new ReadReceiptFlow(
                (number, id) -> {
                    marked.add(number + " " + id);
                    return taken;
                },
                enabled,
                book,
                () -> {},
                new BestEffortLimiter(2, pace, now::get),
                part -> acknowledged.add(part.turnId()),
                new SignalMetrics(registry));
    }

    private double count(String exit) {
        return registry.get("lull.bridge.read.marks")
                .tag("exit", exit)
                .counter()
                .count();
    }
}
