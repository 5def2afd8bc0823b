package lull.bridge.inbound;

import java.util.Objects;
import java.util.Optional;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ParticipantCalls;
import lull.bridge.inbound.attachments.FileMetrics;
import lull.bridge.pauses.ConnectFailures;
import lull.connect.Answer;
import lull.connect.ConnectError;
import lull.connect.ParticipantPort;
import lull.connect.ParticipantPort.Accepted;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.chat.ParticipantRole;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.text.FileTrouble;
import lull.text.TextSplitter;

/// Handler before the flow of chat events that notifies the agent if Connect's scanner rejects a
/// customer's file, which the agent never sees. The scanner reports up to a minute after the file was
/// attached.
public final class ScannedFiles implements Handler<ChatEvent> {

    private static final String NAMELESS = "?";

    private final Handler<ChatEvent> next;
    private final ParticipantCalls calls;
    private final ParticipantPort participant;
    private final ChatBook book;
    private final TurnOptions options;
    private final FileMetrics metrics;

    /// @param next handles every event afterwards
    public ScannedFiles(
            Handler<ChatEvent> next,
            ParticipantCalls calls,
            ParticipantPort participant,
            ChatBook book,
            TurnOptions options,
            FileMetrics metrics) {
        this.next = next;
        this.calls = calls;
        this.participant = participant;
        this.book = book;
        this.options = options;
        this.metrics = metrics;
    }

    @Override
    public Outcome handle(Incoming<ChatEvent> incoming, Fence fence) throws InterruptedException {
        ChatEvent event = incoming.value();
        if (event.what() instanceof ChatEvent.Attached attached && isRejection(event, attached)) {
            Optional<Chat> chat = book.byContact(event.initialContactId()).filter(Chat::open);
            Outcome told = chat.isPresent() ? tell(chat.get(), attached, fence) : Outcome.DONE;
            if (!told.equals(Outcome.DONE)) {
                return told;
            }
        }
        return next.handle(incoming, fence);
    }

    private static boolean isRejection(ChatEvent event, ChatEvent.Attached attached) {
        return ParticipantRole.of(event.role()) == ParticipantRole.CUSTOMER
                && attached.status().equals("REJECTED");
    }

    private Outcome tell(Chat chat, ChatEvent.Attached attached, Fence fence) throws InterruptedException {
        String note = options.rendering()
                .notAttached(Objects.requireNonNullElse(attached.name(), NAMELESS), FileTrouble.REJECTED, 0);
        String text = TextSplitter.split(note, options.maxCharacters()).getFirst();
        String token = new ClientTokens(options.installation()).rejected(attached.attachmentId());
        Answer<Accepted> answer = calls.call(chat.initialContactId(), connectionToken -> {
            fence.check();
            return participant.sendText(connectionToken, text, token);
        });
        return switch (answer) {
            case Answer.Ok<Accepted> ok -> {
                metrics.fileHandled("rejected");
                yield Outcome.DONE;
            }
            case Answer.Failed<Accepted>(ConnectError trouble) -> outcome(trouble);
        };
    }

    /// Returns the outcome after a failed note. A note is retried for a while, but must not stop the
    /// flow or the events after it.
    private static Outcome outcome(ConnectError trouble) {
        if (trouble.isChatOver() || trouble instanceof ConnectError.QuotaReached) {
            return Outcome.DONE;
        }
        return switch (ConnectFailures.OF_PROCESS.of(trouble)) {
            case Outcome.Deferred deferred -> deferred;
            case Outcome.Retry retry -> retry;
            case Outcome.Reject rejected -> Outcome.DONE;
            case Outcome.Pause pause -> Outcome.DONE;
        };
    }
}
