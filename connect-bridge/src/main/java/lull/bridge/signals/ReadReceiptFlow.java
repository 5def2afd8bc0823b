package lull.bridge.signals;

import lull.bridge.chats.CatchUp;
import lull.bridge.chats.ChatBook;
import lull.contract.chat.SentPart;
import lull.contract.message.Flag;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.whatsapp.ReadReceiptSender;

/// Flow from `connect.message.sent` to the signals that customers see when all of a turn is in the
/// chat: a reaction and a read receipt. A read receipt also marks earlier messages, so one for the
/// turn's last message is enough. Read receipts have a rate limit and are skipped above it, as they are
/// if WhatsApp does not accept one.
public final class ReadReceiptFlow implements Handler<SentPart> {

    private final ReadReceiptSender marker;
    private final boolean enabled;
    private final ChatBook book;
    private final CatchUp catchUp;
    private final BestEffortLimiter spare;
    private final ReactionRequester reactions;
    private final SignalMetrics metrics;

    /// @param enabled whether messages are marked as read where no operator has switched it
    /// @param catchUp reads the chats that other bridges have just opened
    public ReadReceiptFlow(
            ReadReceiptSender marker,
            boolean enabled,
            ChatBook book,
            CatchUp catchUp,
            BestEffortLimiter spare,
            ReactionRequester reactions,
            SignalMetrics metrics) {
        this.marker = marker;
        this.enabled = enabled;
        this.book = book;
        this.catchUp = catchUp;
        this.spare = spare;
        this.reactions = reactions;
        this.metrics = metrics;
    }

    @Override
    public Outcome handle(Incoming<SentPart> incoming, Fence fence) throws InterruptedException {
        SentPart part = incoming.value();
        if (part.last()) {
            fence.check();
            reactions.ask(part);
            metrics.readMarkHandled(mark(part));
        }
        return Outcome.DONE;
    }

    private boolean isEnabled(SentPart part) throws InterruptedException {
        return book.byContact(part.initialContactId(), catchUp)
                .map(chat -> chat.isOn(Flag.RECEIPTS, enabled))
                .orElse(enabled);
    }

    private ReadMarkOutcome mark(SentPart part) throws InterruptedException {
        if (!isEnabled(part) || part.messageIds().isEmpty()) {
            return ReadMarkOutcome.NOT_WANTED;
        }
        String number = part.conversation().businessNumber();
        if (!spare.take(number)) {
            return ReadMarkOutcome.OVER_BUDGET;
        }
        return marker.mark(number, part.messageIds().getLast()) ? ReadMarkOutcome.SENT : ReadMarkOutcome.REFUSED;
    }
}
