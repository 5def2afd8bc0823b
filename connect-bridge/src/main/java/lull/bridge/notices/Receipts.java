package lull.bridge.notices;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ParticipantCalls;
import lull.connect.Answer;
import lull.connect.ParticipantPort;
import lull.connect.ParticipantPort.Happening;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.message.Flag;
import lull.contract.reply.ReplyIds;
import lull.runtime.TokenBucket;

/// Sender of receipts that show agents that the customer has got and read their messages. Receipts
/// share a rate limit, because they use the quota of messages: above it they are skipped, as they are
/// if Connect does not accept one. Safe for several threads.
public final class Receipts {

    /// Maximum time that the receipt of one of several texts of a message waits.
    private static final Duration MOST_WAIT = Duration.ofSeconds(5);

    private final ChatBook book;
    private final ParticipantCalls line;
    private final ParticipantPort port;
    private final Policy policy;
    private final TokenBucket budget;
    private final NoticeMetrics metrics;

    /// Policy for receipts.
    ///
    /// @param perSecond the maximum number of both kinds together
    public record Policy(boolean delivered, boolean read, int perSecond) {}

    public Receipts(
            ChatBook book,
            ParticipantCalls line,
            ParticipantPort port,
            Policy policy,
            LongSupplier nanoTime,
            NoticeMetrics metrics) {
        this.book = book;
        this.line = line;
        this.port = port;
        this.policy = policy;
        this.budget = new TokenBucket(TokenBucket.Rate.perSecond(policy.perSecond()), nanoTime);
        this.metrics = metrics;
    }

    /// Sends receipts for a message to the agent of a conversation's open chat: one for each of the texts
    /// that it joins. As these come at once, they wait for the rate limit for a while.
    ///
    /// @param ids Connect's ids of the texts, if the reply is from a chat
    public void tell(ConversationKey conversation, List<String> ids, Happening happening) throws InterruptedException {
        Duration mostWait = ids.size() > 1 ? MOST_WAIT : Duration.ZERO;
        for (String id : ids) {
            tell(conversation, id, happening, mostWait);
        }
    }

    private void tell(ConversationKey conversation, String replyId, Happening happening, Duration mostWait)
            throws InterruptedException {
        boolean wanted = switch (happening) {
            case DELIVERED -> policy.delivered();
            case READ -> policy.read();
            case TYPING -> false;
        };
        if (happening == Happening.TYPING || ReplyIds.isOfApplication(replyId)) {
            metrics.receiptHandled(ReceiptOutcome.NOT_WANTED);
            return;
        }
        Optional<Chat> chat = book.latestOf(conversation, new Customer(null, null, null), Instant.MAX)
                .filter(Chat::open);
        if (chat.isEmpty() ? !wanted : !chat.get().isOn(Flag.AGENT_RECEIPTS, wanted)) {
            metrics.receiptHandled(ReceiptOutcome.NOT_WANTED);
            return;
        }
        if (chat.isEmpty()) {
            metrics.receiptHandled(ReceiptOutcome.CHAT_OVER);
            return;
        }
        Optional<Duration> wait = budget.reserve(mostWait);
        if (wait.isEmpty()) {
            metrics.receiptHandled(ReceiptOutcome.OVER_BUDGET);
            return;
        }
        Thread.sleep(wait.get());
        Answer<String> answer =
                line.call(chat.get().initialContactId(), token -> port.sendEvent(token, happening, replyId));
        metrics.receiptHandled(
                switch (answer) {
                    case Answer.Ok<String> ok -> ReceiptOutcome.SENT;
                    // Connect refuses receipts if a third person is in the chat; a missing one does no
                    // harm.
                    case Answer.Failed<String> failed -> ReceiptOutcome.REFUSED;
                });
    }
}
