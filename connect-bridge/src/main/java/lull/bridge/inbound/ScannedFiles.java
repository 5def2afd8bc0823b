package lull.bridge.inbound;

import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import lull.bridge.chats.ChatBook;
import lull.bridge.inbound.attachments.FileMetrics;
import lull.bridge.pauses.ConnectFailures;
import lull.bridge.text.FileTrouble;
import lull.bridge.text.TextSplitter;
import lull.connect.Answer;
import lull.connect.ConnectError;
import lull.connect.ParticipantPort;
import lull.connect.ParticipantPort.Accepted;
import lull.connect.ParticipantPort.Connection;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.chat.ParticipantRole;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import org.jspecify.annotations.Nullable;

/// In front of the flow of chat events: where Connect's scanner rejects a file that a customer has sent, the agent, who
/// never sees it, is told. The scanner speaks up to a minute after the file was attached.
public final class ScannedFiles implements Handler<ChatEvent> {

    private static final String NAMELESS = "?";

    private final Handler<ChatEvent> next;
    private final ParticipantPort participant;
    private final ChatBook book;
    private final TurnOptions options;
    private final InstantSource clock;
    private final FileMetrics metrics;

    /// @param next what every event goes to afterwards
    public ScannedFiles(
            Handler<ChatEvent> next,
            ParticipantPort participant,
            ChatBook book,
            TurnOptions options,
            InstantSource clock,
            FileMetrics metrics) {
        this.next = next;
        this.participant = participant;
        this.book = book;
        this.options = options;
        this.clock = clock;
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

    private Outcome tell(Chat chat, ChatEvent.Attached attached, Fence fence) {
        String note = options.rendering()
                .notAttached(Objects.requireNonNullElse(attached.name(), NAMELESS), FileTrouble.REJECTED, 0);
        Optional<ConnectError> trouble = say(chat.connectionToken(), note, attached, fence);
        if (trouble.isPresent() && trouble.get() instanceof ConnectError.AccessDenied) {
            trouble = sayAfterRefresh(chat, note, attached, fence);
        }
        if (trouble.isEmpty()) {
            metrics.fileHandled("rejected");
        }
        return trouble.map(ScannedFiles::outcome).orElse(Outcome.DONE);
    }

    private Optional<ConnectError> sayAfterRefresh(Chat chat, String note, ChatEvent.Attached attached, Fence fence) {
        String participantToken = chat.participantToken();
        if (participantToken == null) {
            return Optional.of(new ConnectError.AccessDenied());
        }
        fence.check();
        return switch (participant.connect(participantToken, false)) {
            case Answer.Ok<Connection>(Connection connection) -> {
                book.write(chat.connected(connection.token(), connection.expiresAt(), clock.instant()));
                yield say(connection.token(), note, attached, fence);
            }
            case Answer.Failed<Connection>(ConnectError trouble) -> Optional.of(trouble);
        };
    }

    /// What kept Connect from taking the note, if anything did.
    private Optional<ConnectError> say(
            @Nullable String connectionToken, String note, ChatEvent.Attached attached, Fence fence) {
        if (connectionToken == null) {
            return Optional.of(new ConnectError.AccessDenied());
        }
        fence.check();
        String text = TextSplitter.split(note, options.maxCharacters()).getFirst();
        String token = new ClientTokens(options.installation()).rejected(attached.attachmentId());
        return switch (participant.sendText(connectionToken, text, token)) {
            case Answer.Ok<Accepted> ok -> Optional.empty();
            case Answer.Failed<Accepted>(ConnectError trouble) -> Optional.of(trouble);
        };
    }

    /// A note is worth some patience, but neither the flow nor the events behind it.
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
