package lull.bridge;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lull.bridge.agent.AgentNotes;
import lull.bridge.agent.AwsChat;
import lull.bridge.agent.ChatLine;
import lull.bridge.agent.Receipts;
import lull.bridge.chat.ChatBook;
import lull.bridge.chat.ChatFollower;
import lull.bridge.journal.KafkaJournal;
import lull.bridge.metric.BridgeMetrics;
import lull.bridge.metric.ReplyMetrics;
import lull.bridge.status.StatusToReply;
import lull.bridge.whatsapp.GraphSender;
import lull.bridge.whatsapp.ReplyToWhatsApp;
import lull.bridge.whatsapp.Senders;
import lull.contract.message.MessageStatus;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topics;
import lull.runtime.ServiceContext;
import lull.runtime.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts together the flows that lead to WhatsApp, and what they tell agents.
final class OutboundFlows {

    private static final Logger log = LoggerFactory.getLogger(OutboundFlows.class);
    private static final Duration NOTES_EVERY = Duration.ofSeconds(2);

    private final BridgeService bridge;
    private final ServiceContext context;
    private final Settings settings;
    private final BridgeMetrics metrics;
    private final ReplyMetrics replyMetrics;

    OutboundFlows(BridgeService bridge, ServiceContext context, BridgeMetrics metrics) {
        this.bridge = bridge;
        this.context = context;
        this.settings = context.settings();
        this.metrics = metrics;
        this.replyMetrics = new ReplyMetrics(context.metrics().registry());
    }

    void start(ChatBook book, ChatFollower follower, KafkaJournal journal) {
        AwsChat port = context.parts().add("chat calls", new AwsChat(BridgeSettings.connect(settings), metrics));
        ChatLine line = new ChatLine(book, follower, port);
        AgentNotes notes = new AgentNotes(line, port, OutboundSettings.notes(settings), System::nanoTime, replyMetrics);
        context.parts().add("notes for agents", everyNow(notes));
        bridge.run(
                BridgeService.REPLY_GROUP,
                Topics.REPLY_REQUESTED,
                Reply.class,
                new ReplyToWhatsApp(
                        Senders.graph(new GraphSender(BridgeSettings.graph(settings), metrics)),
                        bridge.ledger(Topics.REPLY_SENT, ReplyOutcome.class, journal),
                        OutboundSettings.replies(settings),
                        OutboundSettings.pace(settings),
                        notes,
                        context.clock(),
                        metrics,
                        replyMetrics),
                journal,
                BridgeSettings.lanes(settings));
        bridge.run(
                BridgeService.STATUS_GROUP,
                Topics.MESSAGE_STATUS,
                MessageStatus.class,
                new StatusToReply(
                        bridge.ledger(Topics.REPLY_SENT, ReplyOutcome.class, journal),
                        notes,
                        new Receipts(
                                book, line, port, OutboundSettings.receipts(settings), System::nanoTime, replyMetrics),
                        context.clock(),
                        replyMetrics),
                journal,
                BridgeSettings.lanes(settings));
    }

    /// Has the notes that were left out told, until it is closed.
    private static AutoCloseable everyNow(AgentNotes notes) {
        CountDownLatch closing = new CountDownLatch(1);
        Thread thread = Thread.ofVirtual().name("notes").start(() -> {
            try {
                while (!closing.await(NOTES_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    tell(notes);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return () -> {
            closing.countDown();
            thread.join();
        };
    }

    private static void tell(AgentNotes notes) throws InterruptedException {
        try {
            notes.tellWhatWasLeftOut();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("Agents are not told, going on");
        }
    }
}
