package lull.bridge.outbound.events;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lull.bridge.chats.CatchUp;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.notices.AgentNotifier;
import lull.bridge.outbound.events.AgentFiles.Carried;
import lull.bridge.outbound.joins.JoinItem;
import lull.bridge.outbound.joins.JoinPolicy;
import lull.bridge.outbound.joins.JoinPolicy.Decision;
import lull.bridge.signals.TypingIndicator;
import lull.contract.Channel;
import lull.contract.KeptFile;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.chat.ParticipantRole;
import lull.contract.reply.JoinedText;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyIds;
import lull.contract.reply.ReplyOrigin;
import lull.contract.topic.Topics;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.LaneLost;
import lull.lanes.Outcome;
import lull.lanes.results.AcknowledgedProducer;
import lull.runtime.Unavailable;
import lull.text.InteractiveMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Flow from `connect.chat.event` to `whatsapp.reply.requested`: what agents, bots and flows write for
/// the customer becomes a reply, files included, and the end of a chat is recorded. The id of a reply
/// is Connect's id of the message, so an event that arrives twice becomes one reply. Events that did
/// not arrive are found in the transcript. Lanes call it in parallel, but never twice at a time for a
/// chat.
public final class EventToReply implements Handler<ChatEvent> {

    private static final Logger log = LoggerFactory.getLogger(EventToReply.class);

    private static final String APPROVED = "APPROVED";
    private static final String REJECTED = "REJECTED";
    private static final String TYPING = "typing";

    private static final String PLAIN = "text/plain";
    private static final String MARKDOWN = "text/markdown";

    /// Name of the event of an attachment without a file.
    private static final String ATTACHMENT = "attachment";

    private static final String NOT_CONFIRMED = "Amazon Connect does not confirm that the customer may see it";

    /// Maximum number of attempts at something in addition to the event itself; then the event is
    /// handled without it.
    private static final int ATTEMPTS = 5;

    private final ChatBook book;
    private final CatchUp catchUp;
    private final AcknowledgedProducer producer;
    private final SeenEvents seen;
    private final FileCarrier files;
    private final AgentNotifier agents;
    private final TranscriptReconciler missed;
    private final TypingIndicator typing;
    private final RequestedEnds ends;
    private final Options options;
    private final ReplyJoiner joiner;
    private final EventMetrics metrics;
    private final ChatMetrics chatMetrics;

    /// Options by which events become replies.
    ///
    /// @param remembered how many events are remembered, so that repeated ones are skipped at once
    /// @param listButton the label of the button that opens a list of choices
    /// @param joins which texts become one reply
    public record Options(int remembered, String listButton, JoinPolicy joins) {}

    /// Creates a flow on its ports.
    public EventToReply(
            ChatBook book,
            CatchUp catchUp,
            AcknowledgedProducer producer,
            FileCarrier files,
            AgentNotifier agents,
            TranscriptReconciler missed,
            TypingIndicator typing,
            RequestedEnds ends,
            Options options,
            InstantSource clock,
            EventMetrics metrics,
            ChatMetrics chatMetrics) {
        this.book = book;
        this.catchUp = catchUp;
        this.producer = producer;
        this.seen = new SeenEvents(options.remembered());
        this.files = files;
        this.agents = agents;
        this.missed = missed;
        this.typing = typing;
        this.ends = ends;
        this.options = options;
        this.joiner = new ReplyJoiner(options.joins(), options.remembered(), clock, metrics);
        this.metrics = metrics;
        this.chatMetrics = chatMetrics;
    }

    @Override
    public Outcome handle(Incoming<ChatEvent> incoming, Fence fence) throws InterruptedException {
        if (!missed.isDue(incoming)) {
            return take(incoming.value(), incoming, fence, ReplyJoiner.Ahead.inLane(fence));
        }
        return switch (found(incoming)) {
            case TranscriptReconciler.Found.Events found -> inOrder(found, incoming, fence);
            case TranscriptReconciler.Found.Nothing() -> {
                missed.looked(incoming);
                yield take(incoming.value(), incoming, fence, ReplyJoiner.Ahead.inLane(fence));
            }
            case TranscriptReconciler.Found.Retry(String reason) -> {
                if (incoming.attempt() < ATTEMPTS) {
                    yield Outcome.retry(reason);
                }
                metrics.eventHandled(EventOutcome.NOT_LOOKED_BACK);
                yield take(incoming.value(), incoming, fence, ReplyJoiner.Ahead.inLane(fence));
            }
        };
    }

    /// Returns what the transcript has for an event. A transcript that cannot be handled must not block
    /// new events.
    private TranscriptReconciler.Found found(Incoming<ChatEvent> incoming) throws InterruptedException {
        try {
            return missed.find(incoming);
        } catch (RuntimeException | StackOverflowError e) {
            if (e instanceof Unavailable || e instanceof LaneLost || incoming.attempt() < ATTEMPTS) {
                throw e;
            }
            return new TranscriptReconciler.Found.Retry(e.getClass().getSimpleName());
        }
    }

    @Override
    public void givenUp(Incoming<ChatEvent> incoming, Fence fence) throws InterruptedException {
        ChatEvent event = incoming.value();
        boolean isSaid = event.what() instanceof ChatEvent.Said || event.what() instanceof ChatEvent.Attached;
        if (isSaid && hidden(event).isEmpty()) {
            agents.send(
                    event.initialContactId(),
                    event.id() + "|given-up",
                    "Not delivered: an unexpected error has happened in Lull.");
        }
        seen.add(event);
        metrics.eventHandled(EventOutcome.GIVEN_UP);
    }

    /// Handles an event in its place among the events of the transcript that nobody has handled.
    private Outcome inOrder(TranscriptReconciler.Found.Events found, Incoming<ChatEvent> incoming, Fence fence)
            throws InterruptedException {
        Outcome own = Outcome.DONE;
        List<ChatEvent> events = found.events();
        for (int number = 0; number < events.size(); number++) {
            ChatEvent event = events.get(number);
            ReplyJoiner.Ahead ahead = ReplyJoiner.Ahead.found(events.subList(number + 1, events.size()), fence);
            boolean isNew = !seen.contains(event);
            Outcome outcome = event.equals(incoming.value())
                    ? take(event, incoming, fence, ahead)
                    : takeMissed(event, incoming, fence, ahead);
            if (!outcome.equals(Outcome.DONE) && !(outcome instanceof Outcome.Reject)) {
                return outcome;
            }
            if (event.equals(incoming.value())) {
                own = outcome;
            } else {
                note(event, outcome, isNew && found.missed().contains(event));
            }
        }
        missed.looked(incoming);
        return own;
    }

    /// Handles a missed event. If this fails unexpectedly, it must not block the event that has
    /// arrived.
    private Outcome takeMissed(ChatEvent event, Incoming<ChatEvent> incoming, Fence fence, ReplyJoiner.Ahead ahead)
            throws InterruptedException {
        try {
            return take(event, incoming, fence, ahead);
        } catch (LaneLost e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            if (e instanceof Unavailable || incoming.attempt() < ATTEMPTS) {
                throw e;
            }
            seen.add(event);
            return new Outcome.Reject("An unexpected failure: " + e.getClass().getSimpleName());
        }
    }

    private void note(ChatEvent event, Outcome outcome, boolean isFound) {
        if (outcome instanceof Outcome.Reject(String reason)) {
            // Perhaps no record of it exists that could become a dead letter, so it is only logged and
            // counted.
            log.atWarn()
                    .addKeyValue("contactId", event.initialContactId())
                    .addKeyValue("error", reason)
                    .log("An event that was found in the transcript cannot be handled");
        } else if (isFound) {
            metrics.eventFound();
        }
    }

    private Outcome take(ChatEvent event, Incoming<ChatEvent> incoming, Fence fence, ReplyJoiner.Ahead ahead)
            throws InterruptedException {
        if (seen.contains(event)) {
            return left(EventOutcome.REPEATED);
        }
        if (joiner.takeJoined(event)) {
            seen.add(event);
            return left(EventOutcome.JOINED);
        }
        Outcome outcome = carry(event, incoming, fence, ahead);
        if (outcome.equals(Outcome.DONE) || outcome instanceof Outcome.Reject) {
            seen.add(event);
        }
        return outcome;
    }

    private Outcome carry(ChatEvent event, Incoming<ChatEvent> incoming, Fence fence, ReplyJoiner.Ahead ahead)
            throws InterruptedException {
        return switch (event.what()) {
            case ChatEvent.Ended ended -> end(event, fence);
            case ChatEvent.ReconcileRequested requested -> left(EventOutcome.LOOKED_BACK);
            case ChatEvent.EndRequested(String reason) -> ends.end(event, reason, fence);
            case ChatEvent.Said said -> say(event, said, incoming, fence, ahead);
            case ChatEvent.Attached file -> attach(event, file, incoming, fence);
            case ChatEvent.Other(String name) ->
                switch (name) {
                    case TYPING -> type(event);
                    case ATTACHMENT ->
                        notCarried(event, "Amazon Connect does not say which file it is", incoming.attempt());
                    default -> notShown(event);
                };
        };
    }

    private Outcome notShown(ChatEvent event) {
        return left(hidden(event).orElse(EventOutcome.NOT_SHOWN));
    }

    private Outcome type(ChatEvent event) {
        Optional<Chat> chat = book.byContact(event.initialContactId());
        if (hidden(event).isPresent() || event.visibility() == null || chat.isEmpty()) {
            return notShown(event);
        }
        typing.show(chat.get(), event.at());
        return left(EventOutcome.TYPING);
    }

    private Outcome say(
            ChatEvent event, ChatEvent.Said said, Incoming<ChatEvent> incoming, Fence fence, ReplyJoiner.Ahead ahead)
            throws InterruptedException {
        Optional<EventOutcome> hidden = hidden(event);
        if (hidden.isPresent()) {
            return left(hidden.get());
        }
        if (said.content().isBlank() && Set.of(PLAIN, MARKDOWN).contains(said.bareType())) {
            return left(EventOutcome.EMPTY);
        }
        // Markdown may have nothing in it that people see, such as a link without words and address.
        Optional<ReplyContent> reply = content(said)
                .filter(content -> !(content instanceof ReplyContent.Text text)
                        || !text.body().isBlank());
        Optional<Chat> chat = book.byContact(event.initialContactId(), catchUp);
        if (chat.isEmpty()) {
            return left(EventOutcome.FOREIGN);
        }
        Optional<Outcome> withheld = withheld(event, incoming);
        if (withheld.isPresent()) {
            return withheld.get();
        }
        if (reply.isPresent() && joiner.joins(chat.get()) && JoinItem.of(event) instanceof JoinItem.Text text) {
            return join(event, text, chat.get(), incoming, fence, ahead);
        }
        return reply.isPresent()
                ? reply(event, chat.get(), reply.get(), null, fence)
                : notShown(
                        event,
                        kind(said),
                        "Not delivered: "
                                + Channel.of(chat.get().conversation()).title() + " cannot show " + kind(said) + ".",
                        incoming.attempt());
    }

    /// Passes a text on together with those that follow it soon, or waits for them.
    private Outcome join(
            ChatEvent event,
            JoinItem.Text text,
            Chat chat,
            Incoming<ChatEvent> incoming,
            Fence fence,
            ReplyJoiner.Ahead ahead) {
        return switch (joiner.decide(text, event, ahead, seen)) {
            case Decision.Wait(Duration atMost, Optional<Instant> typedAt) -> {
                typedAt.ifPresent(at -> typing.show(chat, at));
                yield new Outcome.AwaitNext(atMost);
            }
            case Decision.Complete(List<JoinItem.Text> complete) -> {
                List<JoinItem.Text> texts = shown(complete, incoming);
                Outcome outcome = texts.size() == 1
                        ? reply(event, chat, new ReplyContent.Text(text.body()), null, fence)
                        : reply(event, chat, texts, fence);
                joiner.passedOn(event.initialContactId(), texts);
                yield outcome;
            }
        };
    }

    /// Returns the texts of a message until the first that the customer may not see for certain; that
    /// one is handled in its place.
    private List<JoinItem.Text> shown(List<JoinItem.Text> texts, Incoming<ChatEvent> incoming) {
        for (int number = 1; number < texts.size(); number++) {
            JoinItem.Text text = texts.get(number);
            if (!missed.isBelieved(incoming, text.id(), text.at())) {
                return texts.subList(0, number);
            }
        }
        return texts;
    }

    /// Returns the outcome of an event if it is not certain that the customer may see it; empty if it
    /// is certain.
    private Optional<Outcome> withheld(ChatEvent event, Incoming<ChatEvent> incoming) throws InterruptedException {
        int attempt = incoming.attempt();
        return switch (missed.confirm(incoming, event)) {
            case SHOWN -> Optional.empty();
            case TOO_OLD -> Optional.of(withhold(event, EventOutcome.TOO_OLD, "it was said too long ago", attempt));
            case LATER ->
                Optional.of(
                        attempt < ATTEMPTS
                                ? Outcome.retry("It is not known yet whether the customer may see it")
                                : withhold(event, EventOutcome.NOT_CONFIRMED, NOT_CONFIRMED, attempt));
            case NOT_SHOWN -> Optional.of(withhold(event, EventOutcome.NOT_CONFIRMED, NOT_CONFIRMED, attempt));
        };
    }

    private Outcome withhold(ChatEvent event, EventOutcome exit, String why, int attempt) throws InterruptedException {
        boolean told = agents.send(event.initialContactId(), event.id() + "|withheld", "Not delivered: " + why + ".");
        if (!told && attempt < ATTEMPTS) {
            return Outcome.retry("The agent is not notified yet");
        }
        return left(exit);
    }

    /// Notifies the agent of an event that customers cannot be shown. A bot may take the note for an
    /// answer and repeat its message, so a chat gets one note for each kind of message of a bot.
    private Outcome notShown(ChatEvent event, String kind, String note, int attempt) throws InterruptedException {
        String about = isOfAgent(event) ? event.id() : event.initialContactId() + "|not-shown|" + kind;
        boolean told = agents.send(event.initialContactId(), about, note);
        if (!told && attempt < ATTEMPTS) {
            return Outcome.retry("The agent is not notified yet");
        }
        return left(EventOutcome.NOT_SHOWN);
    }

    private Outcome notCarried(ChatEvent event, String reason, int attempt) throws InterruptedException {
        Optional<EventOutcome> hidden = hidden(event);
        if (hidden.isPresent()) {
            return left(hidden.get());
        }
        return book.byContact(event.initialContactId(), catchUp).isEmpty()
                ? left(EventOutcome.FOREIGN)
                : notShown(event, "file", "The file was not delivered: " + reason + ".", attempt);
    }

    private static boolean isOfAgent(ChatEvent event) {
        return ParticipantRole.of(event.role()).isStaff();
    }

    /// Returns the kind of a message in words.
    private static String kind(ChatEvent.Said said) {
        String type = said.bareType();
        return switch (type) {
            case InteractiveMessage.CONTENT_TYPE ->
                InteractiveMessage.kind(said.content())
                        .map(kind -> "an interactive message of the kind " + kind)
                        .orElse("an interactive message that is not in Amazon Connect's form");
            case PLAIN, MARKDOWN -> "a message in which nothing is visible";
            default -> "a message of the type " + type;
        };
    }

    private Outcome attach(ChatEvent event, ChatEvent.Attached file, Incoming<ChatEvent> incoming, Fence fence)
            throws InterruptedException {
        Optional<EventOutcome> hidden = hidden(event);
        if (hidden.isPresent()) {
            return left(hidden.get());
        }
        if (file.status().equals(REJECTED)) {
            return notCarried(event, "Amazon Connect has not approved it", incoming.attempt());
        }
        if (!file.status().equals(APPROVED)) {
            return left(EventOutcome.NOT_SHOWN);
        }
        Optional<Chat> chat = book.byContact(event.initialContactId(), catchUp);
        if (chat.isEmpty()) {
            return left(EventOutcome.FOREIGN);
        }
        Optional<Outcome> withheld = withheld(event, incoming);
        if (withheld.isPresent()) {
            return withheld.get();
        }
        fence.check();
        String number = chat.get().conversation().businessNumber();
        return switch (files.carry(file, event.initialContactId(), number)) {
            case Carried.Done done -> reply(event, chat.get(), done.content(), done.file(), fence);
            case Carried.Failed(Outcome.Failure failure) ->
                failure instanceof Outcome.Reject(String reason) ? refuse(event, reason, incoming.attempt()) : failure;
        };
    }

    private Outcome refuse(ChatEvent event, String reason, int attempt) throws InterruptedException {
        boolean told = agents.send(event.initialContactId(), event.id(), "The file was not delivered: " + reason + ".");
        if (!told && attempt < ATTEMPTS) {
            return Outcome.retry("The agent is not notified yet");
        }
        metrics.eventHandled(EventOutcome.FILE_REFUSED);
        return new Outcome.Reject("The file cannot be transferred: " + reason);
    }

    private Outcome reply(ChatEvent event, Chat chat, ReplyContent content, @Nullable KeptFile file, Fence fence) {
        Reply reply = new Reply(
                        event.id(),
                        chat.conversation(),
                        book.addressOf(chat),
                        new ReplyOrigin.Chat(event.initialContactId(), event.role(), event.displayName()),
                        content,
                        event.at(),
                        null,
                        null,
                        file)
                .causedBy(event.causes());
        fence.check();
        producer.append(Topics.REPLY_REQUESTED, reply.conversation().toString(), reply);
        joiner.answered(event.initialContactId());
        return left(EventOutcome.REPLY);
    }

    private Outcome reply(ChatEvent event, Chat chat, List<JoinItem.Text> texts, Fence fence) {
        List<JoinedText> joined = texts.stream()
                .map(text -> new JoinedText(text.id(), text.at(), text.body()))
                .toList();
        Reply reply = new Reply(
                        ReplyIds.ofJoined(joined.stream().map(JoinedText::id).toList()),
                        chat.conversation(),
                        book.addressOf(chat),
                        new ReplyOrigin.Chat(event.initialContactId(), event.role(), event.displayName()),
                        new ReplyContent.Text(JoinedText.join(joined)),
                        texts.getLast().at())
                .joining(joined)
                .causedBy(event.causes());
        fence.check();
        producer.append(Topics.REPLY_REQUESTED, reply.conversation().toString(), reply);
        return left(EventOutcome.REPLY);
    }

    private Outcome end(ChatEvent event, Fence fence) throws InterruptedException {
        Optional<Chat> chat = book.byContact(event.initialContactId(), catchUp);
        if (chat.isEmpty()) {
            return left(EventOutcome.FOREIGN);
        }
        if (chat.get().open()) {
            fence.check();
            book.write(chat.get().ended(event.at()));
            chatMetrics.chatEnded("event");
        }
        return left(EventOutcome.CHAT_ENDED);
    }

    private Outcome left(EventOutcome exit) {
        metrics.eventHandled(exit);
        return Outcome.DONE;
    }

    /// Returns why the customer is not shown a message, if so. An absent role hides nothing; the
    /// transcript decides what an absent visibility means.
    private static Optional<EventOutcome> hidden(ChatEvent event) {
        String role = event.role();
        if (ParticipantRole.of(role) == ParticipantRole.CUSTOMER) {
            return Optional.of(EventOutcome.OWN);
        }
        String visibility = event.visibility();
        return visibility == null || ReceivedEvent.FOR_CUSTOMERS.contains(visibility)
                ? Optional.empty()
                : Optional.of(EventOutcome.AGENTS_ONLY);
    }

    private Optional<ReplyContent> content(ChatEvent.Said said) {
        return switch (said.bareType()) {
            case PLAIN, MARKDOWN -> JoinItem.body(said).map(ReplyContent.Text::new);
            case InteractiveMessage.CONTENT_TYPE -> InteractiveMessage.toWhatsApp(said.content(), options.listButton());
            default -> Optional.empty();
        };
    }
}
