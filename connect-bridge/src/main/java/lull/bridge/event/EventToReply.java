package lull.bridge.event;

import java.util.Optional;
import java.util.Set;
import lull.bridge.chat.ChatBook;
import lull.bridge.journal.Journal;
import lull.bridge.lane.Fence;
import lull.bridge.lane.Handler;
import lull.bridge.lane.Incoming;
import lull.bridge.lane.Outcome;
import lull.bridge.metric.BridgeMetrics;
import lull.bridge.metric.BridgeMetrics.EventExit;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import lull.contract.topic.Topics;

/// The flow from `connect.chat.event` to `whatsapp.reply.requested`: what anybody but the customer says for the
/// customer to see becomes a reply, and the end of a chat is noted. A reply's id is Connect's id of the message,
/// so that what comes twice is one reply.
public final class EventToReply implements Handler<ChatEvent> {

    private static final Set<String> FOR_CUSTOMERS = Set.of("CUSTOMER", "ALL");

    private final ChatBook book;
    private final ChatBook.CatchUp catchUp;
    private final Journal journal;
    private final SeenEvents seen;
    private final BridgeMetrics metrics;

    /// A flow on its ports.
    ///
    /// @param remembered how many events are remembered, so that repeated ones are left out at once
    public EventToReply(
            ChatBook book, ChatBook.CatchUp catchUp, Journal journal, int remembered, BridgeMetrics metrics) {
        this.book = book;
        this.catchUp = catchUp;
        this.journal = journal;
        this.seen = new SeenEvents(remembered);
        this.metrics = metrics;
    }

    @Override
    public Outcome handle(Incoming<ChatEvent> incoming, Fence fence) throws InterruptedException {
        ChatEvent event = incoming.value();
        EventExit exit = seen.contains(event) ? EventExit.REPEATED : exit(event, fence);
        seen.add(event);
        metrics.eventLeft(exit);
        return Outcome.DONE;
    }

    private EventExit exit(ChatEvent event, Fence fence) throws InterruptedException {
        return switch (event.what()) {
            case ChatEvent.Ended ended -> end(event, fence);
            case ChatEvent.Said(String contentType, String content) -> say(event, contentType, content, fence);
            case ChatEvent.Attached attached -> hidden(event).orElse(EventExit.NOT_SHOWN);
            case ChatEvent.Other other -> hidden(event).orElse(EventExit.NOT_SHOWN);
        };
    }

    private EventExit say(ChatEvent event, String contentType, String content, Fence fence)
            throws InterruptedException {
        Optional<EventExit> hidden = hidden(event);
        if (hidden.isPresent()) {
            return hidden.get();
        }
        Optional<String> text = text(contentType, content);
        if (text.isEmpty()) {
            return EventExit.NOT_SHOWN;
        }
        if (text.get().isBlank()) {
            return EventExit.EMPTY;
        }
        Optional<Chat> chat = book.byContact(event.initialContactId(), catchUp);
        if (chat.isEmpty()) {
            return EventExit.FOREIGN;
        }
        Reply reply = new Reply(
                event.id(),
                chat.get().conversation(),
                chat.get().customer(),
                new ReplyOrigin.Chat(event.initialContactId(), event.role(), event.displayName()),
                new ReplyContent.Text(text.get()),
                event.at());
        fence.check();
        journal.append(Topics.REPLY_REQUESTED, reply.conversation().toString(), reply);
        return EventExit.REPLY;
    }

    private EventExit end(ChatEvent event, Fence fence) throws InterruptedException {
        Optional<Chat> chat = book.byContact(event.initialContactId(), catchUp);
        if (chat.isEmpty()) {
            return EventExit.FOREIGN;
        }
        if (chat.get().open()) {
            fence.check();
            book.write(chat.get().ended(event.at()));
            metrics.chatEnded("event");
        }
        return EventExit.CHAT_ENDED;
    }

    /// Why the customer is not shown what was said, if so. An absent role or visibility hides nothing.
    private static Optional<EventExit> hidden(ChatEvent event) {
        String role = event.role();
        if (role != null && role.equals("CUSTOMER")) {
            return Optional.of(EventExit.OWN);
        }
        String visibility = event.visibility();
        return visibility == null || FOR_CUSTOMERS.contains(visibility)
                ? Optional.empty()
                : Optional.of(EventExit.AGENTS_ONLY);
    }

    private static Optional<String> text(String contentType, String content) {
        int parameters = contentType.indexOf(';');
        return switch (parameters < 0 ? contentType : contentType.substring(0, parameters)) {
            case "text/plain" -> Optional.of(content);
            case "text/markdown" -> Optional.of(Markdown.toWhatsApp(content));
            default -> Optional.empty();
        };
    }
}
