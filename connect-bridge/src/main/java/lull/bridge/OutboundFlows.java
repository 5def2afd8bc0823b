package lull.bridge;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatFollower;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.chats.ParticipantCalls;
import lull.bridge.inbound.TurnOptions;
import lull.bridge.notices.AgentNotes;
import lull.bridge.notices.CareWindowNotes;
import lull.bridge.notices.EchoToChat;
import lull.bridge.notices.NoticeMetrics;
import lull.bridge.notices.NoticeSettings;
import lull.bridge.notices.Receipts;
import lull.bridge.outbound.events.AgentFileSettings;
import lull.bridge.outbound.events.AgentFiles;
import lull.bridge.outbound.events.EventMetrics;
import lull.bridge.outbound.events.EventQueue;
import lull.bridge.outbound.events.EventSettings;
import lull.bridge.outbound.events.EventToReply;
import lull.bridge.outbound.events.EventTransportSettings;
import lull.bridge.outbound.events.LastDeliveryFailure;
import lull.bridge.outbound.events.LookBackSettings;
import lull.bridge.outbound.events.ReceivedEvent;
import lull.bridge.outbound.events.TranscriptPoller;
import lull.bridge.outbound.events.TranscriptReconciler;
import lull.bridge.outbound.replies.CareWindows;
import lull.bridge.outbound.replies.KnownConversations;
import lull.bridge.outbound.replies.ReplyMetrics;
import lull.bridge.outbound.replies.ReplySettings;
import lull.bridge.outbound.replies.ReplyToWhatsApp;
import lull.bridge.outbound.replies.StatusToReply;
import lull.bridge.pauses.NumberScopes;
import lull.bridge.signals.Acknowledgement;
import lull.bridge.signals.BestEffortLimiter;
import lull.bridge.signals.ReadReceiptFlow;
import lull.bridge.signals.SignalMetrics;
import lull.bridge.signals.SignalSettings;
import lull.bridge.signals.Typing;
import lull.bridge.text.Quotes;
import lull.connect.ChatPort;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.chat.SentPart;
import lull.contract.message.AccountEvent;
import lull.contract.message.MessageStatus;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topics;
import lull.lanes.Handler;
import lull.lanes.LaneSettings;
import lull.lanes.Scoping;
import lull.lanes.journal.KafkaAcknowledgedProducer;
import lull.runtime.Periodic;
import lull.runtime.process.ServiceContext;
import lull.runtime.queue.AwsQueue;
import lull.runtime.settings.Settings;
import lull.runtime.sns.SnsVerifier;
import lull.whatsapp.AwsSocialMedia;
import lull.whatsapp.AwsSocialSender;
import lull.whatsapp.GraphMedia;
import lull.whatsapp.GraphSender;
import lull.whatsapp.MediaFolder;
import lull.whatsapp.MediaUploader;
import lull.whatsapp.ReadReceiptClient;
import lull.whatsapp.SendRateLimiter;
import lull.whatsapp.Senders;
import lull.whatsapp.SocialSettings;
import lull.whatsapp.WhatsAppMetrics;
import lull.whatsapp.WhatsAppSettings;

/// Puts together the flows that lead to WhatsApp, and what they tell agents.
final class OutboundFlows {

    private static final Duration NOTES_EVERY = Duration.ofSeconds(2);

    /// What has been received is remembered for somewhat longer than transcripts are looked back at.
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private final BridgeService bridge;
    private final ServiceContext context;
    private final LastDeliveryFailure gap;
    private final Settings settings;
    private final Quotes quotes;
    private final TurnOptions turns;
    private final Optional<AwsSocialMedia> social;
    private final NumberScopes numbers;
    private final ChatMetrics metrics;
    private final NoticeMetrics noticeMetrics;
    private final ReplyMetrics replyMetrics;
    private final SignalMetrics signalMetrics;
    private final EventMetrics eventMetrics;
    private final WhatsAppMetrics whatsAppMetrics;

    OutboundFlows(
            BridgeService bridge,
            ServiceContext context,
            LastDeliveryFailure gap,
            Quotes quotes,
            TurnOptions turns,
            Optional<AwsSocialMedia> social,
            NumberScopes numbers,
            ChatMetrics metrics) {
        this.bridge = bridge;
        this.context = context;
        this.gap = gap;
        this.settings = context.settings();
        this.quotes = quotes;
        this.turns = turns;
        this.social = social;
        this.numbers = numbers;
        this.metrics = metrics;
        MeterRegistry registry = context.metrics().registry();
        this.noticeMetrics = new NoticeMetrics(registry);
        this.replyMetrics = new ReplyMetrics(registry);
        this.signalMetrics = new SignalMetrics(registry);
        this.eventMetrics = new EventMetrics(registry);
        this.whatsAppMetrics = new WhatsAppMetrics(registry);
    }

    /// @param inFront what chat events go through before they become replies
    void start(
            ChatBook book,
            ChatFollower follower,
            KafkaAcknowledgedProducer journal,
            ParticipantCalls line,
            ChatPort port,
            MediaFolder folder,
            UnaryOperator<Handler<ChatEvent>> inFront) {
        AgentFiles files = new AgentFiles(line, port, uploader(), folder, AgentFileSettings.limits(settings));
        AgentNotes notes = new AgentNotes(line, port, NoticeSettings.notes(settings), System::nanoTime, noticeMetrics);
        CareWindowNotes windows = new CareWindowNotes(
                book, line, port, notes, settings.get(NoticeSettings.CARE_WARNING), context.clock());
        context.parts().addEarly("notes for agents", Periodic.start("notes", NOTES_EVERY, () -> {
            notes.tellWhatWasLeftOut();
            windows.tellDue();
        }));
        SendRateLimiter pace = WhatsAppSettings.pace(settings);
        BestEffortLimiter spare = SignalSettings.spareRate(settings, pace);
        Optional<AwsSocialSender> sender = sender();
        ReadReceiptClient marks = new ReadReceiptClient(WhatsAppSettings.graph(settings), sender, whatsAppMetrics);
        startEvents(book, follower, journal, line, port, files, notes, typing(marks, spare), inFront);
        startReadMarks(book, journal, marks, spare);
        bridge.run(
                BridgeService.ECHO_GROUP,
                Topics.ACCOUNT_EVENT,
                AccountEvent.class,
                Scoping.NONE,
                new EchoToChat(book, line, port, turns.texts(), turns.maxCharacters(), quotes, noticeMetrics),
                journal,
                LaneSettings.limits(settings));
        bridge.run(
                BridgeService.REPLY_GROUP,
                Topics.REPLY_REQUESTED,
                Reply.class,
                numbers.byConversation(),
                new ReplyToWhatsApp(
                        senders(sender),
                        bridge.ledger(BridgeService.REPLY_GROUP, Topics.REPLY_SENT, ReplyOutcome.class, journal),
                        ReplySettings.rules(settings),
                        pace,
                        notes,
                        new CareWindows(book, follower, context.clock()),
                        new KnownConversations(book),
                        journal,
                        context.clock(),
                        replyMetrics,
                        noticeMetrics),
                journal,
                LaneSettings.limits(settings));
        bridge.run(
                BridgeService.STATUS_GROUP,
                Topics.MESSAGE_STATUS,
                MessageStatus.class,
                numbers.byConversation(),
                new StatusToReply(
                        bridge.ledger(BridgeService.STATUS_GROUP, Topics.REPLY_SENT, ReplyOutcome.class, journal),
                        notes,
                        new Receipts(
                                book, line, port, NoticeSettings.receipts(settings), System::nanoTime, noticeMetrics),
                        context.clock(),
                        replyMetrics,
                        noticeMetrics),
                journal,
                LaneSettings.limits(settings));
    }

    private MediaUploader uploader() {
        GraphMedia graph = new GraphMedia(
                WhatsAppSettings.graph(settings),
                settings.get(SocialSettings.NUMBERS).keySet(),
                settings.get(AgentFileSettings.TIMEOUT),
                whatsAppMetrics);
        return (number, file, type, name) -> social.filter(files -> files.serves(number))
                .map(files -> (MediaUploader) files)
                .orElse(graph)
                .upload(number, file, type, name);
    }

    private Typing typing(ReadReceiptClient marks, BestEffortLimiter spare) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        context.parts().add("typing indicators", (AutoCloseable) threads::shutdownNow);
        return new Typing(marks, settings.get(SignalSettings.TYPING), spare, threads, context.clock(), signalMetrics);
    }

    private void startReadMarks(
            ChatBook book, KafkaAcknowledgedProducer journal, ReadReceiptClient marks, BestEffortLimiter spare) {
        Acknowledgement reactions = new Acknowledgement(
                settings.get(SignalSettings.REACTION), book, journal, context.clock(), signalMetrics);
        bridge.run(
                BridgeService.READ_GROUP,
                Topics.CONNECT_MESSAGE_SENT,
                SentPart.class,
                Scoping.NONE,
                new ReadReceiptFlow(marks, settings.get(SignalSettings.READ_MARKS), spare, reactions, signalMetrics),
                journal,
                LaneSettings.limits(settings));
    }

    private Optional<AwsSocialSender> sender() {
        AwsSocialSender.Options eum = SocialSettings.sender(settings);
        return eum.numbers().isEmpty()
                ? Optional.empty()
                : Optional.of(context.parts().add("end user messaging", new AwsSocialSender(eum, whatsAppMetrics)));
    }

    private Senders senders(Optional<AwsSocialSender> social) {
        Senders graph = Senders.graph(new GraphSender(WhatsAppSettings.graph(settings), whatsAppMetrics));
        return social.map(sender ->
                        graph.with(sender, settings.get(SocialSettings.NUMBERS).keySet()))
                .orElse(graph);
    }

    private void startEvents(
            ChatBook book,
            ChatFollower follower,
            KafkaAcknowledgedProducer journal,
            ParticipantCalls line,
            ChatPort port,
            AgentFiles files,
            AgentNotes notes,
            Typing typing,
            UnaryOperator<Handler<ChatEvent>> inFront) {
        Duration reach = settings.get(LookBackSettings.REACH);
        TranscriptReconciler missed = new TranscriptReconciler(
                book,
                line,
                port,
                bridge.ledger(
                        BridgeService.EVENT_GROUP, Topics.CHAT_EVENT, ReceivedEvent.class, reach.plus(MARGIN), journal),
                gap,
                LookBackSettings.missed(settings),
                context.clock());
        bridge.run(
                BridgeService.EVENT_GROUP,
                Topics.CHAT_EVENT,
                ChatEvent.class,
                numbers.byContact(contact -> book.byContact(contact).map(Chat::conversation)),
                inFront.apply(new EventToReply(
                        book,
                        follower,
                        journal,
                        files,
                        notes,
                        missed,
                        typing,
                        EventSettings.rules(settings),
                        eventMetrics,
                        metrics)),
                journal,
                LaneSettings.limits(settings).holdingBack(settings.get(EventSettings.HOLD_BACK)));
        if (settings.get(LookBackSettings.ENABLED)) {
            TranscriptPoller sweeper = context.parts()
                    .addEarly(
                            "look back",
                            new TranscriptPoller(
                                    book,
                                    bridge.owner(BridgeService.EVENT_GROUP, Topics.CHAT_EVENT),
                                    journal,
                                    LookBackSettings.pace(settings),
                                    context.clock()));
            context.health().degradedWhile("look back", sweeper::problem);
            metrics.show(
                    "transcript.round.seconds",
                    "Seconds in which the transcripts of all open chats are checked once for events that did not"
                            + " arrive",
                    sweeper,
                    all -> all.round().toSeconds());
            sweeper.start();
        }
        EventTransportSettings.queue(settings)
                .ifPresent(options -> context.parts()
                        .addEarly(
                                "chat event queue",
                                AwsQueue.read(
                                        options,
                                        new EventQueue(
                                                new SnsVerifier(
                                                        EventTransportSettings.queued(settings), context.clock()),
                                                journal,
                                                gap,
                                                context.clock(),
                                                eventMetrics),
                                        () -> !context.kafka().isUnavailable(),
                                        context.dependencies(),
                                        context.metrics().registry())));
    }
}
