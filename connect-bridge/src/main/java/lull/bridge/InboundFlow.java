package lull.bridge;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.inbound.PartDeadLetters;
import lull.bridge.inbound.ScannedFiles;
import lull.bridge.inbound.TurnMetrics;
import lull.bridge.inbound.TurnToChat;
import lull.bridge.inbound.WaitingNotice;
import lull.bridge.inbound.attachments.AttachmentConverter;
import lull.bridge.inbound.attachments.AttachmentSettings;
import lull.bridge.inbound.attachments.AttachmentUploader;
import lull.bridge.inbound.attachments.FileMetrics;
import lull.bridge.inbound.attachments.PictureSettings;
import lull.bridge.inbound.attachments.StoreSettings;
import lull.bridge.inbound.attachments.VoiceSettings;
import lull.bridge.inbound.transcripts.TranscriptMetrics;
import lull.bridge.inbound.transcripts.TranscriptSettings;
import lull.bridge.inbound.transcripts.VoiceToTranscript;
import lull.bridge.outbound.events.NumberedChoices;
import lull.bridge.pauses.NumberScopes;
import lull.connect.ConnectSettings;
import lull.contract.chat.ChatEvent;
import lull.contract.chat.SentPart;
import lull.contract.topic.ConsumerGroup;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.lanes.Handler;
import lull.lanes.flow.FlowRunner;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Settings;
import lull.voice.AwsTranscriber;
import lull.voice.Transcriber;
import lull.voice.TranscriberMetrics;
import lull.voice.TranscriberSettings;
import lull.voice.VoiceNotes;
import lull.whatsapp.MediaSource;

/// Flow from WhatsApp to Amazon Connect: sends turns with their files to chats, and transcripts of
/// voice notes after them.
final class InboundFlow {

    private final ServiceContext context;
    private final Settings settings;
    private final FlowRunner flows;
    private final NumberScopes numbers;
    private final Chats chats;
    private final FileTransfers files;
    private final ChatMetrics chatMetrics;
    private final FileMetrics fileMetrics;
    private final TranscriptMetrics transcriptMetrics;

    InboundFlow(
            ServiceContext context,
            FlowRunner flows,
            NumberScopes numbers,
            Chats chats,
            FileTransfers files,
            ChatMetrics chatMetrics) {
        this.context = context;
        this.settings = context.settings();
        this.flows = flows;
        this.numbers = numbers;
        this.chats = chats;
        this.files = files;
        this.chatMetrics = chatMetrics;
        MeterRegistry registry = context.metrics().registry();
        this.fileMetrics = new FileMetrics(registry);
        this.transcriptMetrics = new TranscriptMetrics(registry);
    }

    void start() {
        MediaSource media = files.source();
        TurnMetrics turnMetrics = new TurnMetrics(context.metrics().registry());
        flows.run(
                ConsumerGroup.TURN_TO_CHAT.id(),
                Topics.TURN_CLOSED,
                Turn.class,
                numbers.byConversation(),
                new TurnToChat(
                        chats.apis(),
                        attaching(media),
                        chats.book(),
                        flows.results(ConsumerGroup.TURN_TO_CHAT.id(), Topics.CONNECT_MESSAGE_SENT, SentPart.class),
                        partDeadLetters(),
                        new NumberedChoices(chats.line(), chats.port()),
                        chats.turns(),
                        chats.quotes(),
                        chats.begun(),
                        chats::toPresentEnd,
                        new WaitingNotice(flows.producer(), context.clock(), turnMetrics),
                        context.clock(),
                        turnMetrics,
                        chatMetrics));
        if (settings.get(TranscriberSettings.ENABLED)) {
            startTranscripts(media);
        }
    }

    private PartDeadLetters partDeadLetters() {
        return (turn, part, reason) -> flows.producer().writePart(Topics.TURN_CLOSED, turn, turn.value(), part, reason);
    }

    /// Returns a handler that reports files which were rejected after they had been attached, and
    /// passes every chat event on to `next`.
    Handler<ChatEvent> scannedFilesBefore(Handler<ChatEvent> next) {
        return new ScannedFiles(next, chats.line(), chats.port(), chats.book(), chats.turns(), fileMetrics);
    }

    private void startTranscripts(MediaSource media) {
        flows.run(
                ConsumerGroup.VOICE_TO_TRANSCRIPT.id(),
                Topics.TURN_CLOSED,
                Turn.class,
                numbers.byConversation(),
                new VoiceToTranscript(
                        new VoiceNotes(
                                media,
                                context.components().add("folder of voice notes", TranscriptSettings.folder(settings)),
                                transcriber()),
                        flows.results(
                                ConsumerGroup.VOICE_TO_TRANSCRIPT.id(), Topics.CONNECT_MESSAGE_SENT, SentPart.class),
                        chats.line(),
                        chats.port(),
                        chats.turns(),
                        TranscriptSettings.options(settings),
                        TranscriptSettings.toCustomer(settings, chats.book(), flows.producer(), context.clock()),
                        context.clock(),
                        transcriptMetrics));
    }

    private Transcriber transcriber() {
        return context.components()
                .add(
                        "transcriber",
                        AwsTranscriber.watched(
                                TranscriberSettings.transcriber(settings, settings.get(ConnectSettings.REGION)),
                                new TranscriberMetrics(context.metrics().registry()),
                                context.dependencies(),
                                "Agents hear voice notes but do not read what is said in them."));
    }

    private AttachmentUploader attaching(MediaSource media) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return new AttachmentUploader(
                media,
                files.folder(),
                new AttachmentConverter(
                        AttachmentSettings.files(settings),
                        VoiceSettings.converter(settings, path),
                        PictureSettings.converter(settings),
                        fileMetrics),
                StoreSettings.open(context),
                files.keeper(),
                settings.get(AttachmentSettings.PATIENCE),
                chats.port(),
                context.clock(),
                fileMetrics);
    }
}
