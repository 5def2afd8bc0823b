package lull.bridge.outbound.events;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import lull.bridge.chats.CatchUp;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.chats.ParticipantCalls;
import lull.bridge.pauses.ConnectFailures;
import lull.connect.Answer;
import lull.connect.ConnectError;
import lull.connect.ParticipantPort;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.lanes.Fence;
import lull.lanes.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the chats of [ChatEvent.EndRequested]: the customer leaves (DisconnectParticipant), and the chat is recorded
/// as ended.
///
/// [EventToReply] calls it in the lane of the chat, when what the agent wrote before is handled and the transcript was
/// checked: afterwards nobody can read it. After a crash between the call and the record the call is refused, because
/// the chat is over, and the record is written. Safe for several threads.
public final class RequestedEnds {

    private static final Logger log = LoggerFactory.getLogger(RequestedEnds.class);

    private final ChatBook book;
    private final CatchUp catchUp;
    private final ParticipantCalls line;
    private final ParticipantPort port;
    private final InstantSource clock;
    private final EventMetrics metrics;
    private final ChatMetrics chatMetrics;

    public RequestedEnds(
            ChatBook book,
            CatchUp catchUp,
            ParticipantCalls line,
            ParticipantPort port,
            InstantSource clock,
            EventMetrics metrics,
            ChatMetrics chatMetrics) {
        this.book = book;
        this.catchUp = catchUp;
        this.line = line;
        this.port = port;
        this.clock = clock;
        this.metrics = metrics;
        this.chatMetrics = chatMetrics;
    }

    /// Ends the chat of a request.
    ///
    /// @param reason why, for the log
    Outcome end(ChatEvent event, String reason, Fence fence) throws InterruptedException {
        Optional<Chat> chat = book.byContact(event.initialContactId(), catchUp);
        if (chat.isEmpty()) {
            return left(EventOutcome.FOREIGN);
        }
        if (!chat.get().open()) {
            return left(EventOutcome.REPEATED);
        }
        fence.check();
        Answer<String> answer =
                line.call(event.initialContactId(), token -> port.disconnect(token, clientToken(event)));
        if (answer instanceof Answer.Failed<String>(ConnectError trouble) && !trouble.isChatOver()) {
            return ConnectFailures.OF_PROCESS.of(trouble);
        }
        fence.check();
        book.write(chat.get().ended(clock.instant()));
        chatMetrics.chatEnded("request");
        log.atInfo()
                .addKeyValue("contactId", event.initialContactId())
                .addKeyValue("reason", reason)
                .log("The customer has left the chat, as requested");
        return left(EventOutcome.CHAT_ENDED);
    }

    private Outcome left(EventOutcome exit) {
        metrics.eventHandled(exit);
        return Outcome.DONE;
    }

    private static String clientToken(ChatEvent event) {
        return UUID.nameUUIDFromBytes(
                        ("end|" + event.initialContactId() + "|" + event.id()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
