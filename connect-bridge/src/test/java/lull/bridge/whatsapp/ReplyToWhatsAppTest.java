package lull.bridge.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import lull.bridge.journal.JournalUnavailable;
import lull.bridge.journal.Ledger;
import lull.bridge.journal.MemoryJournal;
import lull.bridge.journal.MemoryTail;
import lull.bridge.lane.Incoming;
import lull.bridge.lane.Outcome;
import lull.bridge.metric.BridgeMetrics;
import lull.bridge.whatsapp.ReplySender.Delivery;
import lull.bridge.whatsapp.ReplySender.ReplyPart;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topics;
import org.junit.jupiter.api.Test;

final class ReplyToWhatsAppTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<ReplyPart> sent = new ArrayList<>();
    private final Deque<Delivery> deliveries = new ArrayDeque<>();
    private final MemoryJournal journal = new MemoryJournal();
    private ReplyToWhatsApp flow = restarted();

    @Test
    void sendsAReplyAndRecordsItInTheRequestsPartition() throws InterruptedException {
        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);

        assertThat(sent).extracting(ReplyToWhatsAppTest::body).containsExactly("Hello");
        assertThat(sent.getFirst().callbackData()).isEqualTo("1|r1|100|1555");
        assertThat(journal.entries())
                .containsExactly(new MemoryJournal.Entry(
                        "whatsapp.reply.sent", 3, "r1", new ReplyOutcome.Sent("r1", 0, "wamid.1", NOW)));
    }

    @Test
    void splitsAReplyThatIsTooLong() throws InterruptedException {
        handle(reply("word ".repeat(1_000).strip()));

        assertThat(sent).hasSize(2).allSatisfy(part -> assertThat(body(part)).hasSizeLessThanOrEqualTo(4_096));
        assertThat(journal.values(ReplyOutcome.Sent.class))
                .extracting(ReplyOutcome.Sent::part)
                .containsExactly(0, 1);
    }

    @Test
    void sendsNothingAgainThatWasSent() throws InterruptedException {
        handle(reply("Hello"));
        handle(reply("Hello"));
        flow = restarted();
        handle(reply("Hello"));

        assertThat(sent).hasSize(1);
    }

    @Test
    void goesOnWithThePartThatIsLeft() throws InterruptedException {
        Reply reply = reply("word ".repeat(1_000).strip());
        deliveries.add(new Delivery.Accepted("wamid.1"));
        deliveries.add(new Delivery.Again(Duration.ofSeconds(6), "pair rate"));

        assertThat(handle(reply)).isEqualTo(new Outcome.Later(Duration.ofSeconds(6), "pair rate"));
        flow = restarted();
        handle(reply);

        assertThat(sent).hasSize(3);
        assertThat(sent.get(1).content()).isEqualTo(sent.get(2).content());
    }

    @Test
    void whatTheBrokerDidNotTakeIsWrittenLaterAndNotSentAgain() throws InterruptedException {
        journal.failAfter(0);
        assertThatThrownBy(() -> handle(reply("Hello"))).isInstanceOf(JournalUnavailable.class);
        journal.heal();

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);

        assertThat(sent).hasSize(1);
        assertThat(journal.values(ReplyOutcome.Sent.class)).hasSize(1);
    }

    @Test
    void aRefusalIsRecordedAndEndsTheReply() throws InterruptedException {
        deliveries.add(new Delivery.Refused(131047, "more than 24 hours"));

        assertThat(handle(reply("word ".repeat(1_000)))).isEqualTo(Outcome.DONE);
        flow = restarted();
        assertThat(handle(reply("word ".repeat(1_000)))).isEqualTo(Outcome.DONE);

        assertThat(sent).hasSize(1);
        assertThat(journal.values(ReplyOutcome.Refused.class))
                .containsExactly(new ReplyOutcome.Refused("r1", 0, 131047, "more than 24 hours", NOW));
    }

    @Test
    void wrongSettingsPauseTheFlow() throws InterruptedException {
        deliveries.add(new Delivery.Misconfigured("token"));

        assertThat(handle(reply("Hello"))).isEqualTo(new Outcome.Misconfigured("token"));
        assertThat(journal.entries()).isEmpty();
    }

    @Test
    void aReplyThatSaysNothingIsRefused() throws InterruptedException {
        assertThat(handle(reply(" "))).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void whatIsNotTextIsOneMessage() throws InterruptedException {
        ReplyContent picture = new ReplyContent.Media(
                ReplyContent.Media.Kind.IMAGE,
                null,
                "https://files.example/1.jpg",
                "c".repeat(5_000),
                null,
                null,
                null);

        assertThat(handle(fromApplication(picture))).isEqualTo(Outcome.DONE);

        assertThat(sent).extracting(ReplyPart::content).containsExactly(picture);
        assertThat(sent.getFirst().quotedMessageId()).isEqualTo("wamid.asked");
    }

    @Test
    void theFirstPartOfATextQuotesAndAllShowPreviews() throws InterruptedException {
        handle(fromApplication(new ReplyContent.Text("word ".repeat(1_000).strip(), true, null)));

        assertThat(sent).extracting(ReplyPart::quotedMessageId).containsExactly("wamid.asked", null);
        assertThat(sent)
                .extracting(part -> ((ReplyContent.Text) part.content()).previewUrl())
                .containsExactly(true, true);
    }

    @Test
    void aRefusedReplyOfAnApplicationIsRecorded() throws InterruptedException {
        deliveries.add(new Delivery.Refused(131047, "more than 24 hours"));

        assertThat(handle(fromApplication(new ReplyContent.Text("Hello")))).isEqualTo(Outcome.DONE);
        assertThat(handle(fromApplication(new ReplyContent.Text("Hello")))).isEqualTo(Outcome.DONE);

        assertThat(sent).hasSize(1);
        assertThat(journal.values(ReplyOutcome.Refused.class)).hasSize(1);
    }

    private static String body(ReplyPart part) {
        return ((ReplyContent.Text) part.content()).body();
    }

    private static Reply fromApplication(ReplyContent content) {
        return new Reply(
                "app-1",
                new ConversationKey("100", "1555"),
                new Customer(null, "1555", null),
                new ReplyOrigin.Application(null),
                content,
                NOW,
                "wamid.asked");
    }

    private Outcome handle(Reply reply) throws InterruptedException {
        return flow.handle(new Incoming<>(3, 0, 1, reply.conversation().toString(), reply, NOW, 0), () -> {});
    }

    private ReplyToWhatsApp restarted() {
        ReplySender sender = part -> {
            sent.add(part);
            Delivery scripted = deliveries.poll();
            return scripted != null ? scripted : new Delivery.Accepted("wamid." + sent.size());
        };
        return new ReplyToWhatsApp(
                sender,
                new Ledger<>(
                        Topics.REPLY_SENT,
                        new MemoryTail<>(ReplyOutcome::replyId, journal.values(ReplyOutcome.class)),
                        journal),
                4_096,
                () -> NOW,
                new BridgeMetrics(new SimpleMeterRegistry()));
    }

    private static Reply reply(String text) {
        return new Reply(
                "r1",
                new ConversationKey("100", "1555"),
                new Customer(null, "1555", null),
                new ReplyOrigin.Chat("c1", "AGENT", "Bo"),
                new ReplyContent.Text(text),
                NOW);
    }
}
