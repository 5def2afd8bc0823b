package lull.bridge.signals;

import java.time.InstantSource;
import java.util.Optional;
import lull.bridge.chats.ChatBook;
import lull.contract.chat.Chat;
import lull.contract.chat.SentPart;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyIds;
import lull.contract.reply.ReplyOrigin;
import lull.contract.topic.Topics;
import lull.lanes.results.AcknowledgedProducer;

/// Requester of a reaction to the last message of a turn when Amazon Connect has accepted all of the
/// turn. The reaction is a reply like any other, whose id is a digest of the turn: if it is requested
/// twice, it is sent once.
public final class Acknowledgement implements ReactionRequester {

    private final String emoji;
    private final ChatBook book;
    private final AcknowledgedProducer producer;
    private final InstantSource clock;
    private final SignalMetrics metrics;

    /// @param emoji empty for none
    public Acknowledgement(
            String emoji, ChatBook book, AcknowledgedProducer producer, InstantSource clock, SignalMetrics metrics) {
        this.emoji = emoji;
        this.book = book;
        this.producer = producer;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// Requests the reaction to a turn whose last part is accepted.
    @Override
    public void ask(SentPart part) {
        metrics.reactionHandled(exit(part));
    }

    private ReactionOutcome exit(SentPart part) {
        if (emoji.isEmpty() || part.messageIds().isEmpty()) {
            return ReactionOutcome.NOT_WANTED;
        }
        Optional<Chat> chat = book.byContact(part.initialContactId());
        if (chat.isEmpty()) {
            return ReactionOutcome.NO_CHAT;
        }
        Reply reply = new Reply(
                ReplyIds.ofLull(
                        "reaction|" + part.turnId() + "|" + part.messageIds().getLast()),
                part.conversation(),
                book.addressOf(chat.get()),
                ReplyOrigin.Application.LULL,
                new ReplyContent.Reaction(part.messageIds().getLast(), emoji, null),
                clock.instant());
        producer.append(Topics.REPLY_REQUESTED, reply.conversation().toString(), reply);
        return ReactionOutcome.REQUESTED;
    }
}
