package lull.bridge.inbound;

import java.time.InstantSource;
import java.util.Map;
import lull.contract.ConversationKey;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyIds;
import lull.contract.reply.ReplyOrigin;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.lanes.Fence;
import lull.lanes.results.AcknowledgedProducer;
import lull.runtime.BoundedMap;

/// Text for a customer whose chat cannot be opened because the quota of open chats is used up. It is a reply like any
/// other, whose id is a digest of the turn that waits: if it is requested twice, it is sent once. Later turns of the
/// conversation wait behind that turn, and so the customer reads it once. Safe for several threads.
public final class WaitingNotice {

    /// Turns whose notice is remembered as requested: a turn is tried again until there is a free chat.
    private static final int MOST_REMEMBERED = 10_000;

    private final AcknowledgedProducer producer;
    private final InstantSource clock;
    private final TurnMetrics metrics;
    private final Map<String, Boolean> requested = new BoundedMap<>(MOST_REMEMBERED);

    public WaitingNotice(AcknowledgedProducer producer, InstantSource clock, TurnMetrics metrics) {
        this.producer = producer;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// Requests the text for the customer of a turn, unless this process has done so.
    ///
    /// @param text empty for none
    void send(Turn turn, String text, Fence fence) {
        if (text.isEmpty() || isRequested(turn)) {
            return;
        }
        ConversationKey conversation = turn.conversation();
        fence.check();
        producer.append(
                Topics.REPLY_REQUESTED,
                conversation.toString(),
                new Reply(
                        ReplyIds.ofLull("waiting|" + turn.id()),
                        conversation,
                        turn.customer(),
                        ReplyOrigin.Application.LULL,
                        new ReplyContent.Text(text),
                        clock.instant()));
        remember(turn);
        metrics.waitingNotified();
    }

    private synchronized boolean isRequested(Turn turn) {
        return requested.containsKey(turn.id());
    }

    private synchronized void remember(Turn turn) {
        requested.put(turn.id(), true);
    }
}
