package lull.ingress.reply.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import lull.contract.reply.ReplyOutcome;
import lull.contract.reply.ReplyOutcome.Doubted.Decision;
import lull.ingress.reply.status.PartStatus.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KnownRepliesTest {

    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = SINCE.plusSeconds(3_600);
    private static final String ID = "app-1";

    private final KnownReplies replies = new KnownReplies(3, SINCE);

    @Test
    void aReplyGoesFromRequestedToPlayed() {
        replies.requested(reply(ID), 0);
        assertThat(status()).isEqualTo(State.REQUESTED);
        replies.left(new ReplyOutcome.Intended(ID, 0, null, NOW));
        assertThat(status()).isEqualTo(State.SENDING);
        replies.left(new ReplyOutcome.NotTaken(ID, 0, NOW));
        assertThat(status()).isEqualTo(State.REQUESTED);
        replies.left(new ReplyOutcome.Intended(ID, 0, null, NOW));
        replies.left(new ReplyOutcome.Unclear(ID, 0, "HTTP 500", NOW));
        assertThat(status()).isEqualTo(State.UNCLEAR);
        assertThat(part(0).reason()).isEqualTo("HTTP 500");
        replies.left(new ReplyOutcome.Sent(ID, 0, "wamid.1", NOW));
        assertThat(status()).isEqualTo(State.SENT);
        for (String word : List.of("delivered", "read", "played")) {
            replies.left(reported(0, word));
            assertThat(status().word()).isEqualTo(word);
        }
        assertThat(part(0).messageId()).isEqualTo("wamid.1");
        assertThat(part(0).reason()).isNull();
    }

    @Test
    void aTypingIndicatorIsNoReply() {
        Reply reply = reply(ID);
        replies.requested(
                new Reply(
                        reply.id(),
                        reply.conversation(),
                        reply.customer(),
                        reply.origin(),
                        new ReplyContent.Typing("wamid.1"),
                        NOW),
                0);

        assertThat(replies.find(ID)).isEmpty();
    }

    @Test
    void aStatusNeverGoesBackInWhateverOrderOutcomesAreRead() {
        List<ReplyOutcome> outcomes = new ArrayList<>(List.of(
                new ReplyOutcome.Intended(ID, 0, null, NOW),
                new ReplyOutcome.NotTaken(ID, 0, NOW),
                new ReplyOutcome.Unclear(ID, 0, "HTTP 500", NOW),
                new ReplyOutcome.Doubted(ID, 0, Decision.TOLD, NOW),
                new ReplyOutcome.Sent(ID, 0, "wamid.1", NOW),
                reported(0, "sent"),
                reported(0, "delivered"),
                reported(0, "read")));
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            Collections.shuffle(outcomes, random);
            KnownReplies one = new KnownReplies(3, SINCE);
            outcomes.forEach(one::left);
            assertThat(one.find(ID)).get().extracting(ReplyStatus::status).isEqualTo(State.READ);
        }
    }

    @Test
    void aRefusalHasWhatsAppsCodeAndReasonAndIsTheEnd() {
        replies.left(new ReplyOutcome.Sent(ID, 0, "wamid.1", NOW));
        replies.left(new ReplyOutcome.Refused(ID, 0, 131047, "The care window is over", NOW.plusSeconds(1)));
        replies.left(reported(0, "sent"));

        assertThat(status()).isEqualTo(State.REFUSED);
        assertThat(part(0).code()).isEqualTo(131047);
        assertThat(part(0).reason()).isEqualTo("The care window is over");
        assertThat(part(0).at()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void aDeliveredPartIsNotRefusedAnyMore() {
        replies.left(reported(0, "delivered"));
        replies.left(new ReplyOutcome.Refused(ID, 0, 131026, "WhatsApp reported code 131026", NOW));

        assertThat(status()).isEqualTo(State.DELIVERED);
    }

    @ParameterizedTest
    @CsvSource({"TOLD, NOT_SENT_AGAIN", "SENT_AGAIN, SENT_AGAIN"})
    void aDoubtHasItsDecisionAndAReportSettlesIt(Decision decision, PartStatus.Decision answered) {
        replies.left(new ReplyOutcome.Intended(ID, 0, null, NOW));
        replies.left(new ReplyOutcome.Doubted(ID, 0, decision, NOW));

        assertThat(status()).isEqualTo(State.DOUBTED);
        assertThat(part(0).decision()).isEqualTo(answered);
        replies.left(reported(0, "delivered"));
        assertThat(status()).isEqualTo(State.DELIVERED);
        assertThat(part(0).decision()).isNull();
    }

    @Test
    void aReplyOfSeveralPartsIsAsFarAsItsLastPartAndRefusedIfAnyIs() {
        replies.left(reported(1, "delivered"));
        replies.left(reported(0, "read"));
        assertThat(status()).isEqualTo(State.DELIVERED);
        assertThat(find().parts()).extracting(PartStatus::part).containsExactly(0, 1);

        replies.left(new ReplyOutcome.Refused(ID, 2, 131047, "no", NOW));
        assertThat(status()).isEqualTo(State.REFUSED);
    }

    @Test
    void aDeadLetterIsRefusedWithItsReasonUntilItIsRequestedAgain() {
        replies.deadLetter(reply(ID), "Its handling failed 5 times", 2_000);
        replies.requested(reply(ID), 1_000);
        assertThat(status()).isEqualTo(State.REFUSED);
        assertThat(find().reason()).isEqualTo("Its handling failed 5 times");

        replies.requested(reply(ID), 3_000);
        assertThat(status()).isEqualTo(State.REQUESTED);
        assertThat(find().reason()).isNull();
    }

    @Test
    void repliesOfAgentsAreNotRemembered() {
        replies.requested(
                new Reply(
                        "connect-message",
                        ConversationKey.parse("100|15550001001"),
                        new Customer(null, "15550001001", null),
                        new ReplyOrigin.Chat("contact", "AGENT", "Ana"),
                        new ReplyContent.Text("Hi"),
                        NOW),
                0);
        replies.left(new ReplyOutcome.Sent("connect-message", 0, "wamid.1", NOW));

        assertThat(replies.size()).isZero();
    }

    @Test
    void theOldestIsForgottenAndWhatIsKnownBeginsAfterIt() {
        assertThat(replies.since()).isEqualTo(SINCE);
        for (int i = 0; i < 4; i++) {
            replies.requested(reply("app-" + i), 0);
        }

        assertThat(replies.size()).isEqualTo(3);
        assertThat(replies.find("app-0")).isEmpty();
        assertThat(replies.find("app-1")).isPresent();
        assertThat(replies.since()).isEqualTo(NOW);
    }

    private static ReplyOutcome reported(int part, String word) {
        return new ReplyOutcome.Reported(ID, part, "wamid.1", word, NOW);
    }

    private ReplyStatus find() {
        return replies.find(ID).orElseThrow();
    }

    private State status() {
        return find().status();
    }

    private PartStatus part(int number) {
        return find().parts().get(number);
    }

    private static Reply reply(String id) {
        return new Reply(
                id,
                ConversationKey.parse("100|15550001001"),
                new Customer(null, "15550001001", null),
                new ReplyOrigin.Application(null),
                new ReplyContent.Text("Hi"),
                NOW);
    }
}
