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
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Handler in front of that of chat events, which ends the chats of [ChatEvent.EndRequested]: the
/// customer leaves (DisconnectParticipant), and the chat is recorded as ended. All other events pass
/// it.
///
/// It runs in the lane of the chat, so what the agent wrote before is handled first. After a crash
/// between the call and the record the call is refused, because the chat is over, and the record is
/// written. Safe for several threads.
public final class RequestedEnds implements Handler<ChatEvent> {

    private static final Logger log = LoggerFactory.getLogger(RequestedEnds.class);

    private final ChatBook book;
    private final CatchUp catchUp;
    private final ParticipantCalls line;
    private final ParticipantPort port;
    private final InstantSource clock;
    private final EventMetrics metrics;
    private final ChatMetrics chatMetrics;
    private final Handler<ChatEvent> next;

    /// @param next handles all other events
    public RequestedEnds(
            ChatBook book,
            CatchUp catchUp,
            ParticipantCalls line,
            ParticipantPort port,
            InstantSource clock,
            EventMetrics metrics,
            ChatMetrics chatMetrics,
            Handler<ChatEvent> next) {
        this.book = book;
        this.catchUp = catchUp;
        this.line = line;
        this.port = port;
        this.clock = clock;
        this.metrics = metrics;
        this.chatMetrics = chatMetrics;
        this.next = next;
    }

    @Override
    public Outcome handle(Incoming<ChatEvent> incoming, Fence fence) throws InterruptedException {
        return incoming.value().what() instanceof ChatEvent.EndRequested(String reason)
                ? end(incoming.value(), reason, fence)
                : next.handle(incoming, fence);
    }

    @Override
    public void givenUp(Incoming<ChatEvent> incoming, Fence fence) throws InterruptedException {
        next.givenUp(incoming, fence);
    }

    private Outcome end(ChatEvent event, String reason, Fence fence) throws InterruptedException {
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
