package lull.bridge.inbound;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.inbound.attachments.AttachmentUploader;
import lull.bridge.pauses.ConnectFailures;
import lull.bridge.pauses.Scopes;
import lull.connect.Answer;
import lull.connect.ConnectApis;
import lull.connect.ConnectError;
import lull.connect.ConnectPort;
import lull.connect.ConnectPort.Contact;
import lull.connect.Extent;
import lull.connect.ParticipantPort;
import lull.connect.ParticipantPort.Accepted;
import lull.connect.ParticipantPort.Connection;
import lull.connect.ParticipantTimer;
import lull.contract.KeptFile;
import lull.contract.chat.Chat;
import lull.contract.message.Content;
import lull.contract.reply.ConversationBegun;
import lull.contract.turn.Turn;
import lull.lanes.Fence;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.PauseScope;
import lull.lanes.Replay;
import lull.text.TextSplitter;
import lull.text.TurnPart;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt to send one turn to a chat: it goes from state to state, one call of Connect at a time,
/// until all parts are accepted or something ends it. Used once, by the thread of its lane.
final class Handover {

    private static final Logger log = LoggerFactory.getLogger(Handover.class);

    /// Placeholder for Connect's id if Connect has refused both a part and the note in its place.
    private static final String NOT_ACCEPTED = "";

    /// How long Connect may report of a contact that it has just created that it does not exist.
    private static final Duration UNKNOWN_AT_FIRST = Duration.ofMinutes(1);

    private final ConnectPort connect;
    private final ParticipantPort participant;
    private final Opening opening;
    private final AttachmentUploader attaching;
    private final ChatBook book;
    private final TurnOptions options;
    private final ClientTokens tokens;
    private final ConnectFailures failures;
    private final InstantSource clock;
    private final TurnMetrics metrics;
    private final ChatMetrics chatMetrics;
    private final Incoming<Turn> incoming;
    private final List<ConversationBegun> answered;
    private final Turn turn;
    private final Fence fence;
    private final AcceptedParts parts;
    private final PartDeadLetters deadLetters;
    private final WaitingNotice waiting;
    private final VerifiedConfiguration proven;
    private boolean hasOpened;
    private boolean hasAttributes;
    private @Nullable Outcome outcome;

    Handover(
            ConnectApis apis,
            AttachmentUploader attaching,
            ChatBook book,
            TurnOptions options,
            InstantSource clock,
            TurnMetrics metrics,
            ChatMetrics chatMetrics,
            Incoming<Turn> incoming,
            List<ConversationBegun> answered,
            Fence fence,
            AcceptedParts parts,
            PartDeadLetters deadLetters,
            WaitingNotice waiting,
            VerifiedConfiguration proven) {
        this.connect = apis.connect();
        this.participant = apis.participant();
        this.opening = new Opening(connect, book, options, proven, clock, chatMetrics);
        this.attaching = attaching;
        this.book = book;
        this.options = options;
        this.tokens = new ClientTokens(options.installation());
        this.clock = clock;
        this.metrics = metrics;
        this.chatMetrics = chatMetrics;
        this.incoming = incoming;
        this.answered = answered;
        this.turn = incoming.value();
        this.failures = new ConnectFailures(options.quotaWait(), this::scope);
        this.fence = fence;
        this.parts = parts;
        this.deadLetters = deadLetters;
        this.waiting = waiting;
        this.proven = proven;
    }

    /// Continues from a state to the end of the attempt.
    Outcome from(ChatState start) throws InterruptedException {
        ChatState state = start;
        while (true) {
            fence.check();
            state = switch (state) {
                case ChatState.Absent absent -> open(absent);
                case ChatState.Started started -> stream(started);
                case ChatState.Streaming streaming -> run(streaming);
                case ChatState.Connected connected -> send(connected);
                case ChatState.Refreshing refreshing -> refresh(refreshing);
                case ChatState.Unproven unproven -> prove(unproven);
                case ChatState.Over over -> end(over);
                case ChatState.EndedByFlow ended -> finish(ended);
            };
            Outcome ended = outcome;
            if (ended != null) {
                return ended;
            }
        }
    }

    private ChatState open(ChatState.Absent absent) {
        if (parts.next().isEmpty()) {
            return leave(absent, parts.areNone() ? TurnOutcome.HIDDEN : TurnOutcome.REPEATED);
        }
        if (!turn.opensChat()) {
            return leave(absent, TurnOutcome.NO_OPEN_CHAT);
        }
        if (hasOpened) {
            return stop(absent, Outcome.retry("The chat ended before its customer was connected"));
        }
        hasOpened = true;
        // Nothing of the new contact can have been accepted, so its first part is the first remaining
        // one.
        String initial =
                parts.next().filter(this::goesAlong).map(TurnPart::text).orElse(null);
        return switch (opening.open(incoming, answered, absent.replaces(), initial, fence)) {
            case Answer.Ok<Chat>(Chat chat) -> absent.started(chat);
            case Answer.Failed<Chat>(ConnectError trouble) -> {
                if (trouble instanceof ConnectError.QuotaReached) {
                    waiting.send(turn, chatsOf(turn).waitingText(), fence);
                }
                yield stop(absent, outcome(trouble));
            }
        };
    }

    private ChatState stream(ChatState.Started started) {
        String contact = started.chat().initialContactId();
        ChatOptions chats = options.chatsOf(started.chat().conversation().businessNumber());
        String topic = chats.streamingTopicArn();
        return switch (connect.startStreaming(chats.instanceId(), contact, topic, tokens.streaming(contact))) {
            case Answer.Ok<String> ok -> {
                proven.streaming(topic);
                yield started.streaming();
            }
            case Answer.Failed<String>(ConnectError trouble) ->
                switch (trouble) {
                    // A contact that is over, or unknown, cannot be streamed, nor can one whose topic is wrong.
                    case ConnectError.NotFound(String reason) ->
                        inquire(started, started.chat(), started.ours(), notStreamed(topic, reason));
                    case ConnectError.Invalid(String reason) ->
                        inquire(started, started.chat(), started.ours(), notStreamed(topic, reason));
                    case ConnectError other -> stop(started, outcome(other));
                };
        };
    }

    /// Returns the outcome if a chat cannot be streamed. While no chat has been streamed to the topic,
    /// the topic is wrong; otherwise only this contact is.
    private Outcome notStreamed(String topic, String reason) {
        return proven.isStreaming(topic) ? Outcome.retry(reason) : new Outcome.Pause(scope(Extent.NUMBER), reason);
    }

    private ChatState run(ChatState.Streaming streaming) {
        setTimers(streaming.chat());
        return switch (participant.connect(participantToken(streaming.chat()), true)) {
            case Answer.Ok<Connection>(Connection connection) -> {
                ChatState.Connected connected = streaming.connected(connection, clock.instant());
                book.write(connected.chat());
                yield connected;
            }
            case Answer.Failed<Connection>(ConnectError trouble) ->
                trouble instanceof ConnectError.AccessDenied ? streaming.denied() : stop(streaming, outcome(trouble));
        };
    }

    private ChatState prove(ChatState.Unproven unproven) {
        return inquire(
                unproven,
                unproven.chat(),
                true,
                Outcome.retry("Amazon Connect refuses calls of a chat that it reports as open"));
    }

    /// Asks Connect what has become of a contact.
    ///
    /// @param ours whether this turn has opened it
    /// @param unlessOver the outcome of the attempt if the contact exists and is not over
    private ChatState inquire(ChatState state, Chat chat, boolean ours, Outcome unlessOver) {
        fence.check();
        return switch (connect.describe(instance(chat), chat.initialContactId())) {
            case Answer.Ok<Contact>(Contact contact) ->
                contact.over() ? new ChatState.Over(chat, ours && contact.hasRun()) : stop(state, unlessOver);
            case Answer.Failed<Contact>(ConnectError trouble) -> {
                if (!(trouble instanceof ConnectError.NotFound(String reason))) {
                    yield stop(state, outcome(trouble));
                }
                Instant known = chat.openedAt().plus(UNKNOWN_AT_FIRST);
                yield clock.instant().isBefore(known)
                        ? stop(state, Outcome.retry(reason))
                        : new ChatState.Over(chat, false);
            }
        };
    }

    private ChatState send(ChatState.Connected connected) throws InterruptedException {
        String address = connected.chat().newAddress();
        if (address != null) {
            return tellAddress(connected, address);
        }
        if (connected.ours()) {
            recordInitialMessage(connected.chat());
        } else if (!hasAttributes) {
            hasAttributes = true;
            setAttributes(connected.chat());
        }
        Optional<TurnPart> next = parts.next();
        if (next.isEmpty()) {
            return leave(connected, parts.areNone() ? TurnOutcome.HIDDEN : TurnOutcome.DELIVERED);
        }
        TurnPart part = next.get();
        Content.Media file = part.file();
        return file == null ? say(connected, part, part.text(), null) : attach(connected, part, file);
    }

    /// Gives an open chat the attributes of its turn, once in an attempt and before its text. The chat
    /// goes on without them if Connect does not accept them: the agent reads the text in any case.
    private void setAttributes(Chat chat) {
        Map<String, String> attributes = ChatRequests.attributesOf(turn, answered, chatsOf(turn));
        if (attributes.isEmpty() || parts.next().isEmpty()) {
            return;
        }
        fence.check();
        switch (connect.updateAttributes(instance(chat), chat.initialContactId(), attributes)) {
            case Answer.Ok<String> ok -> metrics.attributesHandled(AttributesOutcome.SET);
            case Answer.Failed<String>(ConnectError trouble) -> {
                metrics.attributesHandled(AttributesOutcome.REFUSED);
                log.atWarn()
                        .addKeyValue("turn", turn.id())
                        .addKeyValue("error", trouble.getClass().getSimpleName())
                        .log(
                                "The open chat does not have the attributes of a turn, because Amazon Connect did not accept"
                                        + " them; the turn is delivered");
            }
        }
    }

    /// Sets the timers of a chat before its flow runs, because they apply to agents who join later. An attempt that
    /// ended
    /// here sets them again. The chat goes on without them if Connect does not accept them.
    private void setTimers(Chat chat) {
        List<ParticipantTimer> timers = chatsOf(turn).timers();
        if (timers.isEmpty()) {
            return;
        }
        switch (connect.setTimers(instance(chat), chat.initialContactId(), timers)) {
            case Answer.Ok<String> ok -> metrics.timersHandled(TimersOutcome.SET);
            case Answer.Failed<String>(ConnectError trouble) -> {
                metrics.timersHandled(TimersOutcome.REFUSED);
                log.atWarn()
                        .addKeyValue("contactId", chat.initialContactId())
                        .addKeyValue("error", trouble.getClass().getSimpleName())
                        .log("A chat has no timers, because Amazon Connect did not accept those of connect.timers");
            }
        }
    }

    private ChatOptions chatsOf(Turn turn) {
        return options.chatsOf(turn.conversation().businessNumber());
    }

    /// Notifies the agent of the customer's new address, before anything else is sent.
    private ChatState tellAddress(ChatState.Connected connected, String address) {
        String note = first(options.rendering().newAddress(address));
        String token = tokens.address(connected.chat().initialContactId(), address);
        return switch (participant.sendText(connectionToken(connected), note, token)) {
            case Answer.Ok<Accepted> ok -> addressTold(connected);
            case Answer.Failed<Accepted>(ConnectError trouble) ->
                switch (trouble) {
                    case ConnectError.AccessDenied denied -> connected.denied();
                    // A note that Connect never accepts must not hold up the customer's messages.
                    case ConnectError.Invalid invalid -> addressTold(connected);
                    case ConnectError other -> stop(connected, outcome(other));
                };
        };
    }

    private ChatState addressTold(ChatState.Connected connected) {
        Chat told = connected.chat().addressTold();
        book.write(told);
        return connected.with(told);
    }

    /// @param file that the text is about, if it is kept
    private ChatState say(ChatState.Connected connected, TurnPart part, String text, @Nullable KeptFile file) {
        return switch (participant.sendText(
                connectionToken(connected), text, tokens.part(turn, part, replayOf(part)))) {
            case Answer.Ok<Accepted>(Accepted accepted) -> accepted(connected, part, accepted.id(), file);
            case Answer.Failed<Accepted>(ConnectError trouble) ->
                switch (trouble) {
                    case ConnectError.AccessDenied denied -> connected.denied();
                    case ConnectError.Invalid(String reason) -> refused(connected, part, reason, file);
                    case ConnectError other -> stop(connected, outcome(other));
                };
        };
    }

    /// Writes a part that Connect refuses as a dead letter of its own and sends a note in its place, so
    /// that the parts after it are delivered. If Connect refuses the note too, the part is skipped.
    private ChatState refused(ChatState.Connected connected, TurnPart part, String reason, @Nullable KeptFile file) {
        fence.check();
        deadLetters.write(incoming, part.item() + "." + part.part(), reason);
        metrics.partRefused();
        log.atWarn()
                .addKeyValue("conversation", turn.conversation().masked())
                .addKeyValue("turn", turn.id())
                .addKeyValue("part", part.item() + "." + part.part())
                .addKeyValue("error", reason)
                .log("Amazon Connect refused a part of a turn: the part is a dead letter, and the agent reads a"
                        + " note in its place");
        fence.check();
        String note = first(options.rendering().notShown());
        return switch (participant.sendText(
                connectionToken(connected), note, tokens.refused(turn, part, replayOf(part)))) {
            case Answer.Ok<Accepted>(Accepted accepted) -> accepted(connected, part, accepted.id(), file);
            case Answer.Failed<Accepted>(ConnectError trouble) ->
                switch (trouble) {
                    case ConnectError.AccessDenied denied -> connected.denied();
                    case ConnectError.Invalid invalid -> accepted(connected, part, NOT_ACCEPTED, file);
                    case ConnectError other -> stop(connected, outcome(other));
                };
        };
    }

    private ChatState attach(ChatState.Connected connected, TurnPart part, Content.Media file)
            throws InterruptedException {
        AttachmentUploader.UploadRequest request = new AttachmentUploader.UploadRequest(
                file,
                incoming,
                connectionToken(connected),
                connected.fresh(),
                tokens.file(turn, part, replayOf(part)),
                fence);
        return switch (attaching.attach(request)) {
            case AttachmentUploader.Result.Attached attached ->
                accepted(connected, part, attached.attachmentId(), attached.file());
            case AttachmentUploader.Result.Refused refused -> explain(connected, part, file, refused);
            case AttachmentUploader.Result.Retry(String reason) -> stop(connected, Outcome.retry(reason));
            case AttachmentUploader.Result.Failed(ConnectError trouble) ->
                switch (trouble) {
                    case ConnectError.AccessDenied denied -> connected.denied();
                    case ConnectError.Invalid(String reason) -> refused(connected, part, reason, null);
                    case ConnectError other -> stop(connected, outcome(other));
                };
        };
    }

    private ChatState explain(
            ChatState.Connected connected,
            TurnPart part,
            Content.Media file,
            AttachmentUploader.Result.Refused refused) {
        fence.check();
        attaching.refused(refused.why());
        String note = options.rendering().notAttached(file, refused.why(), attaching.maxBytes());
        URI link = refused.link();
        return say(connected, part, link == null ? first(note) : withLink(note, link), refused.file());
    }

    /// Returns a note with a link. The link is never cut, because part of a link does not work.
    private String withLink(String note, URI link) {
        String text = note + " " + link;
        if (text.length() <= options.maxCharacters()) {
            return text;
        }
        attaching.linkIsTooLong();
        return first(note);
    }

    private String first(String note) {
        return TextSplitter.split(note, options.maxCharacters()).getFirst();
    }

    private ChatState accepted(ChatState.Connected connected, TurnPart part, String id, @Nullable KeptFile file) {
        parts.add(part, connected.chat().initialContactId(), id, file);
        return connected.accepted();
    }

    private ChatState refresh(ChatState.Refreshing refreshing) {
        return switch (participant.connect(participantToken(refreshing.chat()), false)) {
            case Answer.Ok<Connection>(Connection connection) -> {
                ChatState.Connected connected = refreshing.connected(connection, clock.instant());
                book.write(connected.chat());
                yield connected;
            }
            case Answer.Failed<Connection>(ConnectError trouble) ->
                trouble instanceof ConnectError.AccessDenied ? refreshing.denied() : stop(refreshing, outcome(trouble));
        };
    }

    private ChatState end(ChatState.Over over) {
        if (over.chat().open()) {
            book.write(over.chat().ended(clock.instant()));
            chatMetrics.chatEnded("refusal");
        }
        return over.next();
    }

    private ChatState finish(ChatState.EndedByFlow ended) {
        recordInitialMessage(ended.chat());
        return leave(ended, parts.next().isEmpty() ? TurnOutcome.DELIVERED : TurnOutcome.ENDED_BY_FLOW);
    }

    /// Records that the text that was sent with the opening of a chat is accepted, when the chat has
    /// run.
    private void recordInitialMessage(Chat chat) {
        if (chat.openedWithoutText()) {
            return;
        }
        String contact = chat.initialContactId();
        parts.firstOf(contact).filter(this::goesAlong).ifPresent(part -> parts.add(part, contact, contact, null));
    }

    private ChatState leave(ChatState state, TurnOutcome exit) {
        metrics.turnHandled(exit);
        return stop(state, Outcome.DONE);
    }

    private Outcome outcome(ConnectError trouble) {
        return failures.of(trouble);
    }

    private PauseScope scope(Extent extent) {
        String number = turn.conversation().businessNumber();
        return switch (extent) {
            case PROCESS -> Scopes.process();
            case INSTANCE -> Scopes.connectInstance(options.chatsOf(number).instanceId());
            case NUMBER -> Scopes.businessNumber(number);
        };
    }

    private ChatState stop(ChatState state, Outcome end) {
        outcome = end;
        return state;
    }

    /// Whether a part, if it is the first of a chat, is sent with its opening.
    private boolean goesAlong(TurnPart part) {
        return options.initialMessage() && part.isText() && !parts.isOfReplay(part);
    }

    /// Returns the dead letter for which a part is shown again; empty for all others.
    private String replayOf(TurnPart part) {
        Replay replay = incoming.replay();
        return replay != null && parts.isOfReplay(part) ? replay.deadLetter() : "";
    }

    private String instance(Chat chat) {
        return options.chatsOf(chat.conversation().businessNumber()).instanceId();
    }

    private static String connectionToken(ChatState.Connected connected) {
        return Objects.requireNonNull(connected.chat().connectionToken(), "A connected chat has a connection token");
    }

    private static String participantToken(Chat chat) {
        return Objects.requireNonNull(chat.participantToken(), "An open chat has a participant token");
    }
}
