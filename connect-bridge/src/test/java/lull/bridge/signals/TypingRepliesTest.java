package lull.bridge.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.runtime.TokenBucket;
import lull.whatsapp.SendRateLimiter;
import org.junit.jupiter.api.Test;

final class TypingRepliesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ConversationKey CONVERSATION = new ConversationKey("100", "1555");

    private final List<String> shown = new ArrayList<>();
    private final List<Reply> passed = new ArrayList<>();
    private final TypingReplies replies = new TypingReplies(typing(), (incoming, fence) -> {
        passed.add(incoming.value());
        return Outcome.retry("of the next handler");
    });

    @Test
    void showsThatAnApplicationWorksWithoutSendingAMessage() throws InterruptedException {
        assertThat(handle(new ReplyContent.Typing("wamid.1"), NOW)).isEqualTo(Outcome.DONE);

        assertThat(shown).containsExactly("100 wamid.1");
        assertThat(passed).isEmpty();
    }

    @Test
    void anIndicatorThatComesTooLateIsSkippedAndBlocksNothing() throws InterruptedException {
        assertThat(handle(new ReplyContent.Typing("wamid.1"), NOW.minusSeconds(11)))
                .isEqualTo(Outcome.DONE);
        assertThat(handle(new ReplyContent.Typing("wacid.1"), NOW)).isEqualTo(Outcome.DONE);

        assertThat(shown).isEmpty();
    }

    @Test
    void everyOtherReplyPasses() throws InterruptedException {
        assertThat(handle(new ReplyContent.Text("Hello"), NOW)).isEqualTo(Outcome.retry("of the next handler"));

        assertThat(passed).extracting(Reply::content).containsExactly(new ReplyContent.Text("Hello"));
        assertThat(shown).isEmpty();
    }

    private Outcome handle(ReplyContent content, Instant requestedAt) throws InterruptedException {
        Reply reply = new Reply(
                "app-1",
                CONVERSATION,
                new Customer(null, "1555", null),
                new ReplyOrigin.Application("bot"),
                content,
                requestedAt);
        return replies.handle(new Incoming<>(0, 0, 1, CONVERSATION.toString(), reply, requestedAt, 0), () -> {});
    }

    private Typing typing() {
        TokenBucket.Rate rate = new TokenBucket.Rate(Duration.ofMillis(1), 1_000);
        return new Typing(
                (number, id) -> shown.add(number + " " + id),
                false,
                new BestEffortLimiter(10, new SendRateLimiter(rate, rate, () -> 0), () -> 0),
                Runnable::run,
                () -> NOW,
                new SignalMetrics(new SimpleMeterRegistry()));
    }
}
