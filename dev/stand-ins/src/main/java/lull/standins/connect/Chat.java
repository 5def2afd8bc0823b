package lull.standins.connect;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One chat: its state, transcript, attributes and streams. Safe for use by many threads; what is said is
/// published in the order of the transcript, and no two items of a chat have the same time.
final class Chat {
    static final Duration TIME_TO_CONNECT = Duration.ofMinutes(5);
    private static final int MOST_STREAMS = 2;

    /// Where the chat's items go to.
    interface Publisher {
        void publish(Collection<String> topicArns, TranscriptItem item);
    }

    /// A chat at one moment.
    record Snapshot(
            Opening opening,
            String contactId,
            ChatState state,
            @Nullable Participant supervisor,
            @Nullable String continuedFrom,
            Map<String, String> attributes,
            Map<ParticipantTimer, Long> timers,
            List<TranscriptItem> transcript) {}

    private final Opening opening;
    private final InstantSource clock;
    private final InstantSource lifetimes;
    private final Instant begun;
    private final Supplier<String> ids;
    private final Publisher publisher;
    private final List<String> contactIds = new ArrayList<>();
    private final List<TranscriptItem> transcript = new ArrayList<>();
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final Map<ParticipantTimer, Long> timers = new LinkedHashMap<>();
    private final Map<String, String> streams = new LinkedHashMap<>();
    private final Participant bot;
    private ChatState state = new ChatState.Created();
    private Instant lastSaid;
    private @Nullable String continuedFrom;
    private List<TranscriptItem> past = List.of();
    private @Nullable Participant supervisor;

    /// @param clock of what is said
    /// @param lifetimes by which its time is up
    Chat(Opening opening, InstantSource clock, InstantSource lifetimes, Supplier<String> ids, Publisher publisher) {
        this.opening = opening;
        this.clock = clock;
        this.lifetimes = lifetimes;
        this.begun = lifetimes.instant();
        this.ids = ids;
        this.publisher = publisher;
        this.contactIds.add(opening.contactId());
        this.attributes.putAll(opening.attributes());
        this.lastSaid = opening.at();
        // A bot of Lex speaks under the role of the system.
        this.bot = new Participant(ids.get(), "BOT", Participant.Role.SYSTEM);
    }

    Opening opening() {
        return opening;
    }

    synchronized Snapshot snapshot() {
        endIfTimeIsUp();
        return new Snapshot(
                opening,
                contactIds.getLast(),
                state,
                supervisor,
                continuedFrom,
                new LinkedHashMap<>(attributes),
                new LinkedHashMap<>(timers),
                List.copyOf(transcript));
    }

    /// Shows what was said in other chats before, as a persistent chat does.
    ///
    /// @param contactId the latest contact of the latest of them
    synchronized void continueFrom(String contactId, List<TranscriptItem> before) {
        continuedFrom = contactId;
        past = List.copyOf(before);
    }

    /// What was said in the chats that it goes on from.
    synchronized List<TranscriptItem> past() {
        return past;
    }

    synchronized boolean hasContact(String contactId) {
        return contactIds.contains(contactId);
    }

    synchronized boolean isOver() {
        endIfTimeIsUp();
        return state instanceof ChatState.Ended;
    }

    synchronized boolean isStreamed() {
        return !streams.isEmpty();
    }

    /// False when the chat has as many streams as it may have.
    synchronized boolean addStream(String streamingId, String topicArn) {
        if (streams.size() == MOST_STREAMS) {
            return false;
        }
        streams.put(streamingId, topicArn);
        return true;
    }

    /// False when there is no such stream.
    synchronized boolean removeStream(String streamingId) {
        return streams.remove(streamingId) != null;
    }

    synchronized void addAttributes(Map<String, String> more) {
        attributes.putAll(more);
    }

    /// @param changed minutes of each; empty removes it
    synchronized void setTimers(Map<ParticipantTimer, Optional<Long>> changed) {
        changed.forEach((timer, minutes) ->
                minutes.ifPresentOrElse(value -> timers.put(timer, value), () -> timers.remove(timer)));
    }

    /// Starts the flow when the customer connects for the first time; later connections change nothing.
    synchronized void connectCustomer() {
        endIfTimeIsUp();
        if (state instanceof ChatState.Created created) {
            take(created.connect(opening.customer(), opening.system(), opening.flow(), clock.instant()));
        }
    }

    /// Something from the customer; empty when the chat is not connected or over.
    synchronized Optional<TranscriptItem> customerSays(Said said) {
        endIfTimeIsUp();
        return switch (state) {
            case ChatState.Created _, ChatState.Ended _ -> Optional.empty();
            case ChatState.Queued _ -> {
                TranscriptItem item = stamp(said);
                botAnswers(said);
                yield Optional.of(item);
            }
            case ChatState.WithAgent _, ChatState.InDisconnectFlow _ -> Optional.of(stamp(said));
        };
    }

    private void botAnswers(Said said) {
        if (opening.flow().mode() == Flow.Mode.BOT && said.kind() == Said.Kind.MESSAGE) {
            stamp(Said.message(bot, ContentTypes.TEXT, Flow.botAnswer(said.content()), Said.Visibility.ALL));
        }
    }

    /// What became of an attachment: the same item once more, with another status.
    synchronized void scanned(TranscriptItem item, Said after) {
        int at = transcript.indexOf(item);
        if (at >= 0 && !(state instanceof ChatState.Ended)) {
            TranscriptItem told =
                    new TranscriptItem(item.id(), item.at(), item.initialContactId(), item.contactId(), after);
            transcript.set(at, told);
            publisher.publish(List.copyOf(streams.values()), told);
        }
    }

    /// The customer's first message, which StartChatContact carried.
    synchronized void openWith(Said said) {
        stamp(said);
    }

    /// False when the chat was over already.
    synchronized boolean customerLeaves() {
        return end(ChatState.customerLeaves(opening.customer(), clock.instant()));
    }

    /// False when the chat was over already.
    synchronized boolean end(DisconnectReason reason) {
        return end(ChatState.end(reason, clock.instant()));
    }

    /// An agent joins.
    ///
    /// @throws IllegalStateException when no agent can join now; the message says why
    synchronized Participant agentJoins(String displayName) {
        endIfTimeIsUp();
        Participant agent = agent(displayName);
        switch (state) {
            case ChatState.Created _ -> throw new IllegalStateException("the customer is not connected yet");
            case ChatState.Ended _ -> throw new IllegalStateException("the chat is over");
            case ChatState.WithAgent with ->
                throw new IllegalStateException(
                        "'%s' is already here".formatted(with.agent().displayName()));
            case ChatState.Queued queued -> take(queued.join(agent));
            case ChatState.InDisconnectFlow flow -> take(flow.join(agent));
        }
        return agent;
    }

    /// Something from the agent; when none is here, one joins first.
    ///
    /// @throws IllegalStateException when no agent can join now
    synchronized TranscriptItem agentSays(Function<Participant, Said> words) {
        endIfTimeIsUp();
        Participant agent = state instanceof ChatState.WithAgent with ? with.agent() : agentJoins("Agent");
        return stamp(words.apply(agent));
    }

    /// A supervisor joins agent and customer.
    ///
    /// @throws IllegalStateException when there is no agent, or a supervisor already
    synchronized void bargeIn(String displayName) {
        endIfTimeIsUp();
        if (!(state instanceof ChatState.WithAgent) || supervisor != null) {
            throw new IllegalStateException("there is no agent to join, or a supervisor is already here");
        }
        Participant joining = new Participant(ids.get(), displayName, Participant.Role.SUPERVISOR);
        supervisor = joining;
        stamp(Said.event(joining, ContentTypes.JOINED));
    }

    /// Something from the supervisor.
    ///
    /// @throws IllegalStateException when there is none
    synchronized TranscriptItem supervisorSays(Function<Participant, Said> words) {
        endIfTimeIsUp();
        Participant present = supervisor;
        if (present == null) {
            throw new IllegalStateException("no supervisor has barged in");
        }
        return stamp(words.apply(present));
    }

    /// Whether a supervisor takes part.
    synchronized boolean isSupervised() {
        return supervisor != null;
    }

    /// The agent leaves, or whoever runs the queue or the disconnect flow ends it.
    ///
    /// @throws IllegalStateException when the chat is over
    synchronized void agentEnds() {
        endIfTimeIsUp();
        switch (state) {
            case ChatState.Ended _ -> throw new IllegalStateException("the chat is over");
            case ChatState.WithAgent with -> take(with.leave(opening.system(), opening.flow(), clock.instant()));
            case ChatState.Created _, ChatState.Queued _, ChatState.InDisconnectFlow _ ->
                take(ChatState.end(DisconnectReason.CONTACT_FLOW_DISCONNECT, clock.instant()));
        }
    }

    /// The agent hands the chat to another one.
    ///
    /// @throws IllegalStateException when there is no agent
    synchronized void transfer(String displayName) {
        endIfTimeIsUp();
        if (!(state instanceof ChatState.WithAgent with)) {
            throw new IllegalStateException("there is no agent who could transfer");
        }
        take(with.transfer(agent(displayName)));
    }

    private Participant agent(String displayName) {
        return new Participant(ids.get(), displayName, Participant.Role.AGENT);
    }

    private boolean end(ChatState.Step ending) {
        endIfTimeIsUp();
        if (state instanceof ChatState.Ended) {
            return false;
        }
        take(ending);
        return true;
    }

    private void endIfTimeIsUp() {
        Instant now = lifetimes.instant();
        if (state instanceof ChatState.Created && !now.isBefore(begun.plus(TIME_TO_CONNECT))) {
            take(ChatState.end(DisconnectReason.CUSTOMER_CONNECTION_NOT_ESTABLISHED, clock.instant()));
        } else if (!(state instanceof ChatState.Ended) && !now.isBefore(begun.plus(opening.duration()))) {
            take(ChatState.end(DisconnectReason.EXPIRED, clock.instant()));
        }
    }

    private void take(ChatState.Step step) {
        state = step.next();
        // Whoever came to help an agent goes with him.
        if (!(state instanceof ChatState.WithAgent)) {
            supervisor = null;
        }
        for (Effect effect : step.effects()) {
            switch (effect) {
                case Said said -> stamp(said);
                case Effect.NextContact _ -> contactIds.add(ids.get());
            }
        }
    }

    private TranscriptItem stamp(Said said) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        lastSaid = now.isAfter(lastSaid)
                ? now
                : lastSaid.truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
        TranscriptItem item = new TranscriptItem(ids.get(), lastSaid, opening.contactId(), contactIds.getLast(), said);
        if (said.isKept()) {
            transcript.add(item);
        }
        publisher.publish(List.copyOf(streams.values()), item);
        return item;
    }
}
