package lull.bridge;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import lull.bridge.accounts.EventToAccount;
import lull.bridge.accounts.HandBack;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.notices.AgentNotes;
import lull.bridge.notices.CareWindowNotes;
import lull.bridge.notices.DeadLetterToChat;
import lull.bridge.notices.EchoToChat;
import lull.bridge.notices.NoteSender;
import lull.bridge.notices.NoticeMetrics;
import lull.bridge.notices.NoticeSettings;
import lull.bridge.notices.Receipts;
import lull.bridge.outbound.events.AgentFileSender;
import lull.bridge.outbound.events.AgentFileSettings;
import lull.bridge.outbound.events.AgentFiles;
import lull.bridge.outbound.events.BusinessNumberLookup;
import lull.bridge.outbound.events.EventMetrics;
import lull.bridge.outbound.events.EventSettings;
import lull.bridge.outbound.events.EventToReply;
import lull.bridge.outbound.events.LastDeliveryFailure;
import lull.bridge.outbound.events.LookBackSettings;
import lull.bridge.outbound.events.ReceivedEvent;
import lull.bridge.outbound.events.RequestedEnds;
import lull.bridge.outbound.events.TranscriptPoller;
import lull.bridge.outbound.events.TranscriptReconciler;
import lull.bridge.outbound.replies.BegunByReplies;
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
import lull.bridge.signals.TypingReplies;
import lull.contract.Channel;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.chat.SentPart;
import lull.contract.message.AccountEvent;
import lull.contract.message.MessageStatus;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.ConsumerGroup;
import lull.contract.topic.Topics;
import lull.lanes.Handler;
import lull.lanes.ScopeLookup;
import lull.lanes.flow.FlowRunner;
import lull.runtime.Periodic;
import lull.runtime.QuotaShare;
import lull.runtime.http.CallSettings;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Settings;
import lull.text.Rendering;
import lull.whatsapp.AwsSocialClients;
import lull.whatsapp.AwsSocialSender;
import lull.whatsapp.GraphSender;
import lull.whatsapp.MediaFolder;
import lull.whatsapp.ReadReceiptClient;
import lull.whatsapp.SendRateLimiter;
import lull.whatsapp.Senders;
import lull.whatsapp.SocialSettings;
import lull.whatsapp.WhatsAppClients;
import lull.whatsapp.WhatsAppMetrics;
import lull.whatsapp.WhatsAppSettings;
import lull.whatsapp.channel.ChannelSenders;
import lull.whatsapp.provider.Provider;
import lull.whatsapp.provider.ProviderMetrics;
import lull.whatsapp.provider.ProviderSender;
import lull.whatsapp.provider.ProviderSettings;

/// Flow from Amazon Connect to WhatsApp: turns chat events into replies, sends replies and handles
/// their statuses. It includes notices for agents and the signals that customers see.
final class OutboundFlow {

    private static final Duration NOTES_EVERY = Duration.ofSeconds(2);

    /// Received events are remembered for somewhat longer than the reach of checks of transcripts.
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private final ServiceContext context;
    private final Settings settings;
    private final FlowRunner flows;
    private final NumberScopes numbers;
    private final Chats chats;
    private final Accounts accounts;
    private final FileTransfers files;
    private final WhatsAppClients clients;
    private final ChannelSenders channels;
    private final QuotaShare quotas;
    private final LastDeliveryFailure gap;
    private final ChatMetrics metrics;
    private final NoticeMetrics noticeMetrics;
    private final ReplyMetrics replyMetrics;
    private final SignalMetrics signalMetrics;
    private final EventMetrics eventMetrics;
    private final WhatsAppMetrics whatsAppMetrics;
    private final Map<String, Provider> providers;

    OutboundFlow(
            ServiceContext context,
            FlowRunner flows,
            NumberScopes numbers,
            Chats chats,
            Accounts accounts,
            FileTransfers files,
            WhatsAppClients clients,
            ChannelSenders channels,
            QuotaShare quotas,
            ChatMetrics metrics) {
        this.context = context;
        this.settings = context.settings();
        this.flows = flows;
        this.numbers = numbers;
        this.chats = chats;
        this.accounts = accounts;
        this.files = files;
        this.clients = clients;
        this.channels = channels;
        this.quotas = quotas;
        this.gap = new LastDeliveryFailure(context.clock());
        this.metrics = metrics;
        MeterRegistry registry = context.metrics().registry();
        this.noticeMetrics = new NoticeMetrics(registry);
        this.replyMetrics = new ReplyMetrics(registry);
        this.signalMetrics = new SignalMetrics(registry);
        this.eventMetrics = new EventMetrics(registry);
        this.whatsAppMetrics = new WhatsAppMetrics(registry);
        this.providers = ProviderSettings.providers(settings);
    }

    /// @param inFront returns a handler that chat events pass before they become replies
    void start(UnaryOperator<Handler<ChatEvent>> inFront) {
        AgentNotes notes = new AgentNotes(
                chats.book(),
                chats.line(),
                chats.port(),
                NoticeSettings.notes(settings),
                System::nanoTime,
                noticeMetrics);
        startNotes(notes);
        SendRateLimiter rateLimiter = WhatsAppSettings.rateLimiter(settings, quotas);
        BestEffortLimiter spare = SignalSettings.spareRate(settings, rateLimiter);
        Optional<AwsSocialSender> sender = clients.social().map(this::sender);
        ReadReceiptClient marks =
                new ReadReceiptClient(clients.graph(), sender, providers.keySet(), channels, whatsAppMetrics);
        EventReceivers receivers = new EventReceivers(context, flows.producer(), gap, eventMetrics);
        Typing typing = typing(marks, spare);
        AgentFiles agentFiles = agentFiles();
        startEvents(notes, typing, agentFiles, inFront);
        startLookBack();
        receivers.startQueue();
        startReadMarks(marks, spare);
        startAccountEvents(notes);
        startDeadLetters(notes);
        BegunByReplies begun = new BegunByReplies(
                chats.begun(),
                chats.book(),
                notes::inform,
                new Rendering(chats.turns().texts()),
                chats.turns().maxCharacters(),
                context.clock());
        startReplies(senders(sender, agentFiles), rateLimiter, notes, begun, typing);
        startStatuses(notes, begun);
        receivers.startEndpoint();
    }

    private void startNotes(AgentNotes notes) {
        CareWindowNotes windows = new CareWindowNotes(
                chats.book(),
                chats.line(),
                chats.port(),
                notes,
                settings.get(NoticeSettings.CARE_WARNING),
                this::hasCareWindow,
                context.clock());
        context.components().addEarly("notes for agents", Periodic.start("notes", NOTES_EVERY, () -> {
            notes.tellWhatWasLeftOut();
            windows.tellDue();
        }));
    }

    private AgentFiles agentFiles() {
        MediaFolder folder = context.components()
                .add("folder of agents' files", files.folder().within("agents", 0));
        return new AgentFiles(
                chats.line(),
                chats.port(),
                files.uploader(),
                files.keeper(),
                folder,
                AgentFileSettings.options(settings));
    }

    private void startEvents(
            AgentNotes notes, Typing typing, AgentFiles agentFiles, UnaryOperator<Handler<ChatEvent>> inFront) {
        Duration reach = settings.get(LookBackSettings.REACH);
        TranscriptReconciler missed = new TranscriptReconciler(
                chats.book(),
                chats.line(),
                chats.port(),
                flows.results(
                        ConsumerGroup.EVENT_TO_REPLY.id(), Topics.CHAT_EVENT, ReceivedEvent.class, reach.plus(MARGIN)),
                gap,
                LookBackSettings.missed(settings),
                context.clock());
        flows.run(
                ConsumerGroup.EVENT_TO_REPLY.id(),
                Topics.CHAT_EVENT,
                ChatEvent.class,
                numbers.byContact(contact -> chats.book().byContact(contact).map(Chat::conversation)),
                inFront.apply(new EventToReply(
                        chats.book(),
                        chats.follower(),
                        flows.producer(),
                        agentFiles,
                        notes,
                        missed,
                        typing,
                        new RequestedEnds(
                                chats.book(),
                                chats.follower(),
                                chats.line(),
                                chats.port(),
                                context.clock(),
                                eventMetrics,
                                metrics),
                        EventSettings.options(settings),
                        context.clock(),
                        eventMetrics,
                        metrics)),
                flows.options().holdingBack(settings.get(EventSettings.HOLD_BACK)));
    }

    private void startLookBack() {
        if (!settings.get(LookBackSettings.ENABLED)) {
            return;
        }
        TranscriptPoller sweeper = context.components()
                .addEarly(
                        "look back",
                        new TranscriptPoller(
                                chats.book(),
                                flows.owner(ConsumerGroup.EVENT_TO_REPLY.id(), Topics.CHAT_EVENT),
                                flows.producer(),
                                LookBackSettings.intervals(settings),
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

    private Typing typing(ReadReceiptClient marks, BestEffortLimiter spare) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        context.components().add("typing indicators", (AutoCloseable) threads::shutdownNow);
        return new Typing(marks, settings.get(SignalSettings.TYPING), spare, threads, context.clock(), signalMetrics);
    }

    private void startReadMarks(ReadReceiptClient marks, BestEffortLimiter spare) {
        Acknowledgement reactions = new Acknowledgement(
                settings.get(SignalSettings.REACTION), chats.book(), flows.producer(), context.clock(), signalMetrics);
        flows.run(
                ConsumerGroup.PART_TO_READ_MARK.id(),
                Topics.CONNECT_MESSAGE_SENT,
                SentPart.class,
                ScopeLookup.NONE,
                new ReadReceiptFlow(
                        marks,
                        settings.get(SignalSettings.READ_MARKS),
                        chats.book(),
                        chats.follower(),
                        spare,
                        reactions,
                        signalMetrics));
    }

    private void startAccountEvents(AgentNotes notes) {
        EchoToChat echoes = new EchoToChat(
                chats.book(),
                chats.line(),
                chats.port(),
                chats.turns().texts(),
                chats.turns().maxCharacters(),
                chats.quotes(),
                noticeMetrics);
        flows.run(
                ConsumerGroup.ECHO_TO_CHAT.id(),
                Topics.ACCOUNT_EVENT,
                AccountEvent.class,
                ScopeLookup.NONE,
                new EventToAccount(
                        accounts.known(),
                        flows.producer(),
                        chats.book(),
                        notes,
                        context.clock(),
                        accounts.metrics(),
                        new HandBack(chats.book(), flows.producer(), echoes)));
    }

    private void startDeadLetters(NoteSender notes) {
        ConsumerGroup group = ConsumerGroup.DEAD_LETTER_TO_CHAT;
        flows.runToEnd(
                group.id(),
                group.topics(settings.get(TopicSettings.INPUTS)),
                DeadLetterToChat.reader(),
                new DeadLetterToChat(
                        chats.book(),
                        chats.follower(),
                        notes,
                        settings.get(NoticeSettings.DEAD_LETTERS_WITHIN),
                        context.clock(),
                        noticeMetrics));
    }

    private void startReplies(
            Senders senders, SendRateLimiter rateLimiter, AgentNotes notes, BegunByReplies begun, Typing typing) {
        flows.run(
                ConsumerGroup.REPLY_TO_WHATSAPP.id(),
                Topics.REPLY_REQUESTED,
                Reply.class,
                numbers.byConversation(),
                new TypingReplies(
                        typing,
                        new ReplyToWhatsApp(
                                senders,
                                flows.results(
                                        ConsumerGroup.REPLY_TO_WHATSAPP.id(), Topics.REPLY_SENT, ReplyOutcome.class),
                                ReplySettings.options(settings),
                                rateLimiter,
                                notes,
                                new CareWindows(chats.book(), chats.follower(), this::hasCareWindow, context.clock()),
                                accounts.known(),
                                new KnownConversations(chats.book(), chats.customers()),
                                begun,
                                flows.producer(),
                                context.clock(),
                                replyMetrics,
                                noticeMetrics)));
    }

    private void startStatuses(AgentNotes notes, BegunByReplies begun) {
        flows.run(
                ConsumerGroup.STATUS_TO_REPLY.id(),
                Topics.MESSAGE_STATUS,
                MessageStatus.class,
                numbers.byConversation(),
                new StatusToReply(
                        chats.book(),
                        flows.results(ConsumerGroup.STATUS_TO_REPLY.id(), Topics.REPLY_SENT, ReplyOutcome.class),
                        notes,
                        new Receipts(
                                chats.book(),
                                chats.line(),
                                chats.port(),
                                NoticeSettings.receipts(settings),
                                System::nanoTime,
                                noticeMetrics),
                        begun,
                        context.clock(),
                        replyMetrics,
                        noticeMetrics,
                        context.tracing()));
    }

    private boolean hasCareWindow(String businessNumber) {
        return Channel.of(businessNumber).isWhatsApp() && !providers.containsKey(businessNumber);
    }

    private AwsSocialSender sender(AwsSocialClients social) {
        return new AwsSocialSender(social, whatsAppMetrics);
    }

    private ProviderSender providerSender() {
        return context.components()
                .add(
                        "other providers",
                        new ProviderSender(
                                providers,
                                CallSettings.CONNECT_TIMEOUT,
                                settings.get(WhatsAppSettings.CALL_TIMEOUT),
                                new ProviderMetrics(context.metrics().registry())));
    }

    private BusinessNumberLookup businessNumbers() {
        return contact -> chats.book()
                .byContact(contact, chats.follower())
                .map(chat -> chat.conversation().businessNumber());
    }

    private Senders senders(Optional<AwsSocialSender> social, AgentFiles agentFiles) {
        AgentFileSender others = new AgentFileSender(channels, agentFiles, businessNumbers());
        Senders graph = Senders.graph(new GraphSender(clients.graph(), whatsAppMetrics), others);
        Senders senders = providers.isEmpty() ? graph : graph.with(providerSender(), providers.keySet());
        return social.map(sender -> senders.with(
                        sender, settings.get(SocialSettings.NUMBERS).keySet()))
                .orElse(senders);
    }
}
