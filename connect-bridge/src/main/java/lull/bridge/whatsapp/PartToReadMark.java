package lull.bridge.whatsapp;

import java.util.function.LongSupplier;
import lull.bridge.agent.Budget;
import lull.bridge.lane.Fence;
import lull.bridge.lane.Handler;
import lull.bridge.lane.Incoming;
import lull.bridge.lane.Outcome;
import lull.bridge.metric.ReplyMetrics;
import lull.bridge.metric.ReplyMetrics.ReadMarkExit;
import lull.contract.chat.SentPart;

/// The flow from `connect.message.sent` to WhatsApp's read marks: the customer sees that what they wrote has been
/// handed over. A mark marks what came before too, so the last message of a part is enough. Marks have a budget and
/// are left out above it, as they are when WhatsApp does not take one.
public final class PartToReadMark implements Handler<SentPart> {

    private final Marking marker;
    private final Rules rules;
    private final Budget budget;
    private final ReplyMetrics metrics;

    /// Which marks there are.
    ///
    /// @param perSecond how many
    public record Rules(boolean enabled, int perSecond) {}

    /// Marks a message as read, as [GraphReadMarks] does; false where WhatsApp does not take it.
    @FunctionalInterface
    interface Marking {
        boolean mark(String businessNumber, String messageId) throws InterruptedException;
    }

    public PartToReadMark(GraphReadMarks marker, Rules rules, LongSupplier nanoTime, ReplyMetrics metrics) {
        this((Marking) marker::mark, rules, nanoTime, metrics);
    }

    PartToReadMark(Marking marker, Rules rules, LongSupplier nanoTime, ReplyMetrics metrics) {
        this.marker = marker;
        this.rules = rules;
        this.budget = new Budget(rules.perSecond(), nanoTime);
        this.metrics = metrics;
    }

    @Override
    public Outcome handle(Incoming<SentPart> incoming, Fence fence) throws InterruptedException {
        metrics.readMarkLeft(mark(incoming.value()));
        return Outcome.DONE;
    }

    private ReadMarkExit mark(SentPart part) throws InterruptedException {
        if (!rules.enabled() || part.messageIds().isEmpty()) {
            return ReadMarkExit.NOT_WANTED;
        }
        if (!budget.spend()) {
            return ReadMarkExit.OVER_BUDGET;
        }
        String number = part.conversation().businessNumber();
        return marker.mark(number, part.messageIds().getLast()) ? ReadMarkExit.SENT : ReadMarkExit.REFUSED;
    }
}
