package lull.bridge.inbound.transcripts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import lull.bridge.chats.ParticipantCalls;
import lull.bridge.inbound.ClientTokens;
import lull.bridge.inbound.TurnOptions;
import lull.bridge.pauses.ConnectFailures;
import lull.connect.Answer;
import lull.connect.ConnectError;
import lull.connect.ParticipantPort;
import lull.connect.ParticipantPort.Accepted;
import lull.contract.chat.SentPart;
import lull.contract.message.Content;
import lull.contract.message.Flag;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.PauseScope;
import lull.lanes.results.ResultLog;
import lull.text.TextSplitter;
import lull.voice.Transcriber.Heard;
import lull.voice.VoiceNotes;

/// Flow from `whatsapp.turn.closed` to transcripts: transcribes each voice note of a turn and sends the
/// text after it to its chat. It runs next to the flow that sends turns to chats, with lanes of its
/// own, so that no text ever waits for a transcript. A turn that is handled again, also after a crash,
/// sends the same under the same client tokens. Lanes call it in parallel, but never twice at a time
/// for a conversation.
public final class VoiceToTranscript implements Handler<Turn> {

    /// Minimum number of attempts for a note, however old it is.
    private static final int FEWEST_ATTEMPTS = 3;

    private final VoiceNotes notes;
    private final ResultLog<SentPart> sent;
    private final ParticipantCalls line;
    private final ParticipantPort port;
    private final TurnOptions turnOptions;
    private final Options options;
    private final TranscriptToCustomer customers;
    private final InstantSource clock;
    private final TranscriptMetrics metrics;

    /// Options for how long a transcript is tried.
    ///
    /// @param noteWithin how long it waits until its note is in the chat
    /// @param patience how long it waits after that for WhatsApp, Transcribe and Connect
    public record Options(Duration noteWithin, Duration patience) {}

    /// Creates a flow on its ports.
    ///
    /// @param notes with a folder that only this flow uses
    /// @param sent what Connect has accepted of turns
    public VoiceToTranscript(
            VoiceNotes notes,
            ResultLog<SentPart> sent,
            ParticipantCalls line,
            ParticipantPort port,
            TurnOptions turnOptions,
            Options options,
            TranscriptToCustomer customers,
            InstantSource clock,
            TranscriptMetrics metrics) {
        this.notes = notes;
        this.sent = sent;
        this.line = line;
        this.port = port;
        this.turnOptions = turnOptions;
        this.options = options;
        this.customers = customers;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public Outcome handle(Incoming<Turn> incoming, Fence fence) throws InterruptedException {
        List<TurnItem> items = incoming.value().items();
        for (int item = 0; item < items.size(); item++) {
            if (!items.get(item).hidden()
                    && items.get(item).content() instanceof Content.Media media
                    && VoiceNotes.isOne(media)) {
                Outcome outcome = follow(incoming, item, media, fence);
                if (!outcome.equals(Outcome.DONE)) {
                    return outcome;
                }
            }
        }
        return Outcome.DONE;
    }

    private Outcome follow(Incoming<Turn> incoming, int item, Content.Media media, Fence fence)
            throws InterruptedException {
        if (!incoming.value().isOn(Flag.TRANSCRIPTS, true)) {
            return leave(TranscriptOutcome.SWITCHED_OFF);
        }
        Optional<SentPart> note = note(incoming, item);
        if (note.isEmpty()) {
            return isOver(incoming.timestamp(), options.noteWithin())
                    ? leave(TranscriptOutcome.NOTE_NOT_DELIVERED)
                    : Outcome.retry("The voice note is not in the chat yet");
        }
        return switch (notes.hear(media, incoming.value().conversation().businessNumber())) {
            case Heard.Words(String text) ->
                text.isBlank()
                        ? say(
                                incoming,
                                item,
                                note.get(),
                                turnOptions.texts().noTranscript(),
                                TranscriptOutcome.EMPTY,
                                fence)
                        : told(incoming, item, note.get(), text, fence);
            case Heard.Refused refused ->
                say(incoming, item, note.get(), turnOptions.texts().noTranscript(), TranscriptOutcome.REFUSED, fence);
            case Heard.Retry(String reason) ->
                isTriedEnough(incoming, note.get())
                        ? say(
                                incoming,
                                item,
                                note.get(),
                                turnOptions.texts().noTranscript(),
                                TranscriptOutcome.GIVEN_UP,
                                fence)
                        : Outcome.retry(reason);
        };
    }

    private Outcome told(Incoming<Turn> incoming, int item, SentPart note, String words, Fence fence)
            throws InterruptedException {
        Outcome outcome =
                say(incoming, item, note, turnOptions.texts().transcript(words), TranscriptOutcome.SENT, fence);
        if (outcome.equals(Outcome.DONE)) {
            customers.send(note, words, fence);
        }
        return outcome;
    }

    /// Returns the first part of an item when Connect has it: the file, or the note in its place.
    private Optional<SentPart> note(Incoming<Turn> incoming, int item) {
        sent.refresh(incoming);
        return sent.of(incoming, incoming.value().id()).stream()
                .filter(part -> part.item() == item && part.part() == 0)
                .findFirst();
    }

    private Outcome say(
            Incoming<Turn> incoming, int item, SentPart note, String text, TranscriptOutcome exit, Fence fence)
            throws InterruptedException {
        List<String> parts = TextSplitter.split(text, turnOptions.maxCharacters());
        ClientTokens tokens = new ClientTokens(turnOptions.installation());
        for (int part = 0; part < parts.size(); part++) {
            String said = parts.get(part);
            String token = tokens.transcript(incoming.value(), item, part);
            fence.check();
            Answer<Accepted> answer =
                    line.call(note.initialContactId(), connection -> port.sendText(connection, said, token));
            if (answer instanceof Answer.Failed<Accepted>(ConnectError trouble)) {
                return outcome(incoming, note, trouble);
            }
        }
        return leave(exit);
    }

    private Outcome outcome(Incoming<Turn> incoming, SentPart note, ConnectError trouble) {
        if (trouble.isChatOver()) {
            return leave(TranscriptOutcome.CHAT_OVER);
        }
        return switch (ConnectFailures.OF_PROCESS.of(trouble)) {
            case Outcome.Reject rejected -> leave(TranscriptOutcome.NOT_TAKEN);
            case Outcome.Deferred deferred -> deferred;
            case Outcome.Retry(Duration _, String reason) -> laterOrNever(incoming, note, reason);
            case Outcome.Pause(PauseScope _, String reason) -> laterOrNever(incoming, note, reason);
        };
    }

    private Outcome laterOrNever(Incoming<Turn> incoming, SentPart note, String reason) {
        return isTriedEnough(incoming, note) ? leave(TranscriptOutcome.NOT_TAKEN) : Outcome.retry(reason);
    }

    private boolean isTriedEnough(Incoming<Turn> incoming, SentPart note) {
        return incoming.attempt() >= FEWEST_ATTEMPTS && isOver(note.at(), options.patience());
    }

    private boolean isOver(Instant start, Duration time) {
        return clock.instant().isAfter(start.plus(time));
    }

    private Outcome leave(TranscriptOutcome exit) {
        metrics.transcriptHandled(exit);
        return Outcome.DONE;
    }
}
