package lull.bridge.chat;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import lull.bridge.connect.Answer;
import lull.bridge.connect.Answer.Trouble;
import lull.bridge.connect.ConnectPort;
import lull.bridge.connect.ConnectPort.ChatRequest;
import lull.bridge.connect.ConnectPort.Connection;
import lull.bridge.connect.ConnectPort.StartedChat;
import lull.bridge.lane.Fence;
import lull.bridge.lane.Incoming;
import lull.bridge.lane.Outcome;
import lull.bridge.metric.BridgeMetrics;
import lull.bridge.metric.BridgeMetrics.TurnExit;
import lull.contract.chat.Chat;
import lull.contract.turn.Turn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt to hand one turn over: it walks from state to state, one call of Connect at a time, until all
/// parts are accepted or something ends it. Used once.
final class Handover {

    private static final Logger log = LoggerFactory.getLogger(Handover.class);

    private static final int MAX_NAME_CHARACTERS = 256;

    /// How often streaming may not find a contact that has just been made, before it counts as a wrong setting.
    private static final int NOT_FOUND_ATTEMPTS = 5;

    /// How many chats one attempt opens; more than one only where the first was never connected in time.
    private static final int MAX_OPENINGS = 2;

    private final ConnectPort connect;
    private final ChatBook book;
    private final TurnOptions options;
    private final InstantSource clock;
    private final BridgeMetrics metrics;
    private final Incoming<Turn> incoming;
    private final Turn turn;
    private final Fence fence;
    private final AcceptedParts parts;
    private final AtomicBoolean everOpened;
    private int openings;
    private @Nullable Outcome outcome;

    Handover(
            ConnectPort connect,
            ChatBook book,
            TurnOptions options,
            InstantSource clock,
            BridgeMetrics metrics,
            Incoming<Turn> incoming,
            Fence fence,
            AcceptedParts parts,
            AtomicBoolean everOpened) {
        this.connect = connect;
        this.book = book;
        this.options = options;
        this.clock = clock;
        this.metrics = metrics;
        this.incoming = incoming;
        this.turn = incoming.value();
        this.fence = fence;
        this.parts = parts;
        this.everOpened = everOpened;
    }

    /// Goes on from a state to the end of the attempt.
    Outcome from(ChatState start) {
        ChatState state = start;
        while (true) {
            fence.check();
            state = switch (state) {
                case ChatState.Absent absent -> open(absent);
                case ChatState.Started started -> stream(started);
                case ChatState.Streaming streaming -> run(streaming);
                case ChatState.Connected connected -> send(connected);
                case ChatState.Refreshing refreshing -> refresh(refreshing);
                case ChatState.Over over -> end(over);
                case ChatState.EndedByFlow ended -> leave(ended, TurnExit.ENDED_BY_FLOW);
            };
            Outcome ended = outcome;
            if (ended != null) {
                return ended;
            }
        }
    }

    private ChatState open(ChatState.Absent absent) {
        if (parts.next().isEmpty()) {
            return leave(absent, parts.areNone() ? TurnExit.HIDDEN : TurnExit.REPEATED);
        }
        if (!turn.opensChat()) {
            return leave(absent, TurnExit.NO_OPEN_CHAT);
        }
        if (++openings > MAX_OPENINGS) {
            return stop(absent, Outcome.later("Chats end before they are connected"));
        }
        ChatRequest request = request(absent.replaces());
        return switch (connect.startChat(request)) {
            case Answer.Ok<StartedChat>(StartedChat started) -> {
                Chat chat = new Chat(
                        started.contactId(),
                        turn.conversation(),
                        turn.customer(),
                        turn.id(),
                        incoming.offset(),
                        clock.instant(),
                        started.participantToken(),
                        null,
                        null,
                        null);
                // No event can come before its chat is known, as nothing is streamed yet.
                book.write(chat);
                everOpened.set(true);
                metrics.chatOpened();
                log.atInfo()
                        .addKeyValue("conversation", turn.conversation().masked())
                        .addKeyValue("contactId", started.contactId())
                        .log("Chat opened");
                yield absent.started(chat);
            }
            case Answer.Failed<StartedChat>(Trouble trouble) ->
                // Until a first chat was opened, a request that Connect does not take says more about our
                // settings than
                // about the turn.
                trouble instanceof Trouble.Invalid(String reason) && !everOpened.get()
                        ? stop(absent, new Outcome.Misconfigured(reason))
                        : stop(absent, trouble);
        };
    }

    private ChatState stream(ChatState.Started started) {
        String contact = started.chat().initialContactId();
        return switch (connect.startStreaming(contact, ClientTokens.streaming(contact))) {
            case Answer.Ok<String> ok -> started.streaming();
            case Answer.Failed<String>(Trouble trouble) ->
                switch (trouble) {
                    // A contact that is over cannot be streamed; whether it is over its own token tells.
                    case Trouble.NotFound(String reason) -> probe(started, notFound(reason));
                    case Trouble.Invalid(String reason) -> probe(started, new Outcome.Misconfigured(reason));
                    case Trouble.AccessDenied denied -> stop(started, denied);
                    case Trouble.Throttled throttled -> stop(started, throttled);
                    case Trouble.QuotaReached quota -> stop(started, quota);
                    case Trouble.Passing passing -> stop(started, passing);
                    case Trouble.Misconfigured misconfigured -> stop(started, misconfigured);
                };
        };
    }

    private Outcome notFound(String reason) {
        return incoming.attempt() < NOT_FOUND_ATTEMPTS ? Outcome.later(reason) : new Outcome.Misconfigured(reason);
    }

    private ChatState probe(ChatState.Started started, Outcome unlessOver) {
        fence.check();
        Answer<Connection> answer = connect.connect(participantToken(started.chat()), false);
        boolean isOver =
                answer instanceof Answer.Failed<Connection>(Trouble trouble) && trouble instanceof Trouble.AccessDenied;
        return isOver ? started.denied() : stop(started, unlessOver);
    }

    private ChatState run(ChatState.Streaming streaming) {
        return switch (connect.connect(participantToken(streaming.chat()), true)) {
            case Answer.Ok<Connection>(Connection connection) -> {
                ChatState.Connected connected = streaming.connected(connection);
                book.write(connected.chat());
                yield connected;
            }
            case Answer.Failed<Connection>(Trouble trouble) ->
                trouble instanceof Trouble.AccessDenied ? streaming.denied() : stop(streaming, trouble);
        };
    }

    private ChatState send(ChatState.Connected connected) {
        String contact = connected.chat().initialContactId();
        if (connected.ours()) {
            parts.firstOf(contact).filter(this::goesAlong).ifPresent(part -> parts.add(part, contact, contact));
        }
        Optional<TurnPart> next = parts.next();
        if (next.isEmpty()) {
            return leave(connected, parts.areNone() ? TurnExit.HIDDEN : TurnExit.DELIVERED);
        }
        TurnPart part = next.get();
        String token = Objects.requireNonNull(connected.chat().connectionToken());
        return switch (connect.sendText(token, part.text(), ClientTokens.part(turn, part))) {
            case Answer.Ok<ConnectPort.Accepted>(ConnectPort.Accepted accepted) -> {
                parts.add(part, contact, accepted.id());
                yield connected.accepted();
            }
            case Answer.Failed<ConnectPort.Accepted>(Trouble trouble) ->
                trouble instanceof Trouble.AccessDenied ? connected.denied() : stop(connected, trouble);
        };
    }

    private ChatState refresh(ChatState.Refreshing refreshing) {
        return switch (connect.connect(participantToken(refreshing.chat()), false)) {
            case Answer.Ok<Connection>(Connection connection) -> {
                ChatState.Connected connected = refreshing.connected(connection);
                book.write(connected.chat());
                yield connected;
            }
            case Answer.Failed<Connection>(Trouble trouble) ->
                trouble instanceof Trouble.AccessDenied ? refreshing.denied() : stop(refreshing, trouble);
        };
    }

    private ChatState end(ChatState.Over over) {
        book.write(over.chat().ended(clock.instant()));
        metrics.chatEnded("refusal");
        return over.next();
    }

    private ChatState leave(ChatState state, TurnExit exit) {
        metrics.turnLeft(exit);
        return stop(state, Outcome.DONE);
    }

    private ChatState stop(ChatState state, Trouble trouble) {
        return stop(
                state,
                switch (trouble) {
                    // Met only where the token is not a participant's, that is, where our own permissions are
                    // meant.
                    case Trouble.AccessDenied denied -> new Outcome.Misconfigured("Connect denies access");
                    case Trouble.Throttled(String reason) -> Outcome.later(reason);
                    case Trouble.QuotaReached(String reason) -> new Outcome.Later(options.quotaWait(), reason);
                    case Trouble.Passing(String reason) -> Outcome.later(reason);
                    case Trouble.NotFound(String reason) -> new Outcome.Misconfigured(reason);
                    case Trouble.Invalid(String reason) -> new Outcome.Refused(reason);
                    case Trouble.Misconfigured(String reason) -> new Outcome.Misconfigured(reason);
                });
    }

    private ChatState stop(ChatState state, Outcome end) {
        outcome = end;
        return state;
    }

    private ChatRequest request(@Nullable String replaces) {
        // Nothing of the new contact can have been accepted, so its first part is the first one that is left.
        String initial =
                parts.next().filter(this::goesAlong).map(TurnPart::text).orElse(null);
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("channel", "WhatsApp");
        attributes.put("customerId", turn.conversation().customer());
        attributes.put("businessNumberId", turn.conversation().businessNumber());
        attributes.put("conversation", turn.conversation().toString());
        putIfPresent(attributes, "businessNumber", turn.business().displayPhoneNumber());
        putIfPresent(attributes, "customerPhone", turn.customer().phone());
        putIfPresent(attributes, "customerName", turn.customer().name());
        List<String> name = TextSplitter.split(turn.customer().displayName().strip(), MAX_NAME_CHARACTERS);
        return new ChatRequest(
                name.isEmpty() ? "WhatsApp customer" : name.getFirst(),
                attributes,
                initial,
                options.contentTypes(),
                options.chatDuration(),
                ClientTokens.start(turn, replaces));
    }

    /// Whether a part, being the first of a chat, goes along with its opening.
    private boolean goesAlong(TurnPart part) {
        return options.initialMessage() && part.isText();
    }

    private static void putIfPresent(Map<String, String> attributes, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            attributes.put(name, value);
        }
    }

    private static String participantToken(Chat chat) {
        return Objects.requireNonNull(chat.participantToken(), "An open chat has a participant token");
    }
}
