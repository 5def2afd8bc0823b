package lull.bridge.outbound.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ParticipantCalls;
import lull.bridge.pauses.ConnectFailures;
import lull.connect.Answer;
import lull.connect.ChatEventParser;
import lull.connect.ConnectError;
import lull.connect.ParticipantPort;
import lull.connect.ParticipantPort.Page;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.json.UnreadableJson;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.results.ResultLog;
import lull.runtime.BoundedMap;

/// Search in a chat's transcript for events that Connect has published and nobody has received, or that
/// arrived out of order. A chat is checked before the first event that is handled after its partition
/// was assigned or after a notification failed, so that late events take their place; when a check is
/// requested; and when an agent leaves or the chat ends. Safe for several threads, one at a time for
/// each chat.
public final class TranscriptReconciler {

    private static final Instant NEVER = Instant.EPOCH;
    private static final int MOST_CHATS = 50_000;
    private static final int MOST_PAGES = 20;

    /// SNS's time of an event is somewhat later than Connect's.
    private static final Duration AROUND = Duration.ofMinutes(1);

    private final ChatBook book;
    private final ParticipantCalls line;
    private final ParticipantPort port;
    private final ResultLog<ReceivedEvent> received;
    private final LastDeliveryFailure gap;
    private final Options options;
    private final InstantSource clock;
    private final Instant startedAt;

    /// Time at which each chat was checked, and the assignment of its partition.
    private final Map<String, Look> looks = new BoundedMap<>(MOST_CHATS);

    private record Look(long assignment, Instant at) {}

    /// Options for the checks of transcripts.
    ///
    /// @param enabled if false, nothing is checked
    /// @param reach how far back; less than the time for which replies are remembered, or one could be
    ///     sent twice
    /// @param every how long a check stays valid when another is requested
    /// @param valid how old an event may be: as long as replies are remembered, so that a replay is known
    public record Options(boolean enabled, Duration reach, Duration every, Duration valid) {}

    /// Decision whether a customer may see an event. The attributes of a notification, which say so,
    /// are not signed.
    enum Confirmation {
        /// The event is recent and its attributes say so, or it is in the transcript, which is what the
        /// customer sees.
        SHOWN,
        /// It is not in the transcript, or the chat is over.
        NOT_SHOWN,
        /// It is older than the time for which replies are remembered.
        TOO_OLD,
        /// Connect does not answer now.
        LATER
    }

    /// Result of a check.
    sealed interface Found {

        /// The events to handle, oldest first: the event that has arrived, in its place, and those that
        /// were missed or arrived after it.
        record Events(List<ChatEvent> events, Set<ChatEvent> missed) implements Found {}

        /// Connect does not answer now.
        record Retry(String reason) implements Found {}

        /// The transcript cannot be read: the chat is over.
        record Nothing() implements Found {}
    }

    /// @param received `connect.chat.event` itself
    public TranscriptReconciler(
            ChatBook book,
            ParticipantCalls line,
            ParticipantPort port,
            ResultLog<ReceivedEvent> received,
            LastDeliveryFailure gap,
            Options options,
            InstantSource clock) {
        this.book = book;
        this.line = line;
        this.port = port;
        this.received = received;
        this.gap = gap;
        this.options = options;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /// Whether the transcript must be checked before an event is handled.
    boolean isDue(Incoming<ChatEvent> incoming) {
        if (!options.enabled()) {
            return false;
        }
        ChatEvent event = incoming.value();
        Instant lookedAt = lookedAt(event.initialContactId(), incoming.assignment());
        return lookedAt.equals(NEVER)
                || lookedAt.isBefore(gap.lastAt())
                || switch (event.what()) {
                    case ChatEvent.Ended ended -> true;
                    case ChatEvent.EndRequested requested -> true;
                    case ChatEvent.ReconcileRequested requested ->
                        lookedAt.plus(options.every()).isBefore(clock.instant());
                    case ChatEvent.Other(String name) -> name.equals("participant.left");
                    case ChatEvent.Said said -> false;
                    case ChatEvent.Attached attached -> false;
                };
    }

    /// Whether a customer may see an event that no attribute hides. The event is looked up in the
    /// transcript if it has no attribute, if it is so old that it may be a replay, or if it arrived
    /// with an attribute that hides it at another time: attributes are not signed, so those of a replay
    /// may have been changed.
    ///
    /// @param incoming the record that led to the event, of the same chat
    Confirmation confirm(Incoming<ChatEvent> incoming, ChatEvent event) throws InterruptedException {
        if (event.at().isBefore(clock.instant().minus(options.valid()))) {
            return Confirmation.TOO_OLD;
        }
        return event.visibility() != null && isBelieved(incoming, event.id(), event.at())
                ? Confirmation.SHOWN
                : inTranscript(event);
    }

    /// Whether the attribute of an event that lets the customer see it is believed without the
    /// transcript.
    ///
    /// @param incoming a record of the same chat
    /// @param at when the event happened
    boolean isBelieved(Incoming<ChatEvent> incoming, String id, Instant at) {
        boolean wasHidden = received.of(incoming, incoming.value().initialContactId()).stream()
                .anyMatch(one -> one.id().equals(id) && one.isHidden());
        return !wasHidden && !at.isBefore(clock.instant().minus(options.reach()));
    }

    private Confirmation inTranscript(ChatEvent event) throws InterruptedException {
        int more = event.id().indexOf(ChatEventParser.BEFORE_FILE);
        String id = more < 0 ? event.id() : event.id().substring(0, more);
        String next = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            String from = next;
            Answer<Page> answer = line.call(
                    event.initialContactId(),
                    token -> port.transcript(token, event.at().minus(AROUND), from));
            switch (answer) {
                case Answer.Ok<Page>(Page read) -> {
                    if (read.items().stream()
                            .anyMatch(item -> item.path("Id").asText("").equals(id))) {
                        return Confirmation.SHOWN;
                    }
                    next = read.next().orElse(null);
                }
                case Answer.Failed<Page>(ConnectError trouble) -> {
                    return found(trouble) instanceof Found.Retry ? Confirmation.LATER : Confirmation.NOT_SHOWN;
                }
            }
            if (next == null) {
                break;
            }
        }
        return Confirmation.NOT_SHOWN;
    }

    /// Returns the events that must be handled for an event, with those that were missed in its chat.
    /// The caller calls [#looked] when all of them are handled.
    Found find(Incoming<ChatEvent> incoming) throws InterruptedException {
        ChatEvent event = incoming.value();
        Instant since = clock.instant().minus(options.reach());
        List<JsonNode> items = new ArrayList<>();
        String next = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            String from = next;
            Answer<Page> answer = line.call(event.initialContactId(), token -> port.transcript(token, since, from));
            switch (answer) {
                case Answer.Ok<Page>(Page read) -> {
                    items.addAll(read.items());
                    next = read.next().orElse(null);
                }
                case Answer.Failed<Page>(ConnectError trouble) -> {
                    return found(trouble);
                }
            }
            if (next == null) {
                break;
            }
        }
        return found(incoming, items);
    }

    /// Records that everything that was missed in the chat so far is handled.
    synchronized void looked(Incoming<ChatEvent> incoming) {
        String contact = incoming.value().initialContactId();
        looks.remove(contact);
        looks.put(contact, new Look(incoming.assignment(), clock.instant()));
    }

    /// Returns when a chat was last checked. In a chat that was opened while this process runs, nothing
    /// can have been missed before its opening.
    private synchronized Instant lookedAt(String contact, long assignment) {
        Look look = looks.get(contact);
        if (look != null) {
            return look.assignment() == assignment ? look.at() : NEVER;
        }
        return book.byContact(contact)
                .map(Chat::openedAt)
                .filter(openedAt -> openedAt.isAfter(startedAt))
                .orElse(NEVER);
    }

    private static Found found(ConnectError trouble) {
        if (trouble.isChatOver()) {
            return new Found.Nothing();
        }
        return switch (ConnectFailures.OF_PROCESS.of(trouble)) {
            case Outcome.Retry(Duration _, String reason) -> new Found.Retry(reason);
            case Outcome.Deferred deferred -> new Found.Retry("The rate limit of Amazon Connect is reached");
            case Outcome.Reject rejected -> new Found.Nothing();
            case Outcome.Pause pause -> new Found.Nothing();
        };
    }

    private Found found(Incoming<ChatEvent> incoming, List<JsonNode> items) {
        received.refresh(incoming);
        ChatEvent event = incoming.value();
        List<SeenEvents.Id> inLog = received.of(incoming, event.initialContactId()).stream()
                .map(one -> one.seen(event.initialContactId()))
                .toList();
        // An event before it in the log is handled, unless it belongs after it and waits. An event
        // after it in the log may belong before it.
        SeenEvents.Id own = SeenEvents.Id.of(event);
        Set<SeenEvents.Id> handled =
                inLog.stream().takeWhile(id -> !id.equals(own)).collect(Collectors.toSet());
        List<ChatEvent> said = items.stream()
                .flatMap(item -> events(item).stream())
                .filter(one -> one.at().isAfter(event.at()) || !handled.contains(SeenEvents.Id.of(one)))
                .filter(one -> !own.equals(SeenEvents.Id.of(one)))
                .toList();
        List<ChatEvent> all = Stream.concat(said.stream(), Stream.of(event))
                .sorted(Comparator.comparing(ChatEvent::at))
                .toList();
        Set<ChatEvent> missed = said.stream()
                .filter(one -> !inLog.contains(SeenEvents.Id.of(one)))
                .collect(Collectors.toSet());
        return new Found.Events(all, missed);
    }

    /// Returns the events of an item. A transcript has only what the customer may see, so nothing in it
    /// is for agents only.
    private List<ChatEvent> events(JsonNode item) {
        String id = item.path("Id").asText("");
        try {
            return id.isEmpty() ? List.of() : ChatEventParser.parse(item, id, clock.instant(), "ALL");
        } catch (UnreadableJson e) {
            return List.of();
        }
    }
}
