package lull.bridge.outbound.events;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import lull.bridge.chats.ChatBook;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.json.Json;
import lull.contract.topic.Topics;
import lull.lanes.flow.KeyOwner;
import lull.lanes.results.AcknowledgedProducer;
import lull.runtime.Periodic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Timer that asks for the transcript of every open chat of this process, at the start and then
/// periodically, so that events that did not arrive are found in chats in which nothing else happens.
/// Each request uses Connect's quota, so they are spread over the interval; if there are more chats
/// than the quota allows, a round takes longer. A thread of its own asks; any thread may ask for
/// [#round()] and [#problem()].
public final class TranscriptPoller implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TranscriptPoller.class);

    /// How soon a round begins after this process was assigned partitions.
    private static final Duration NOTICE = Duration.ofSeconds(1);

    private final ChatBook book;
    private final KeyOwner owner;
    private final AcknowledgedProducer producer;
    private final Intervals intervals;
    private final InstantSource clock;
    private final Queue<String> round = new ArrayDeque<>();
    private Instant began = Instant.EPOCH;
    private long assignment;
    private Duration between = Duration.ZERO;
    private volatile int chats;
    private @Nullable Periodic rounds;

    /// Times between calls.
    ///
    /// @param every the time from the start of a round to the next one
    /// @param longest between two chats, if there are few
    /// @param shortest minimum between two chats, however many there are
    /// @param reach how far back a check of a transcript reaches; older events are not found
    public record Intervals(Duration every, Duration longest, Duration shortest, Duration reach) {

        /// Returns the time between two of this many chats.
        Duration between(int chats) {
            Duration needed = chats == 0 ? longest : every.dividedBy(chats);
            Duration notLonger = needed.compareTo(longest) > 0 ? longest : needed;
            return notLonger.compareTo(shortest) < 0 ? shortest : notLonger;
        }

        /// Returns how long a round of this many chats takes.
        Duration round(int chats) {
            return between(chats).multipliedBy(chats);
        }

        /// Whether every chat is checked in time.
        boolean fits(int chats) {
            return round(chats).compareTo(reach) <= 0;
        }
    }

    /// Creates a poller; it runs once started.
    public TranscriptPoller(
            ChatBook book, KeyOwner owner, AcknowledgedProducer producer, Intervals intervals, InstantSource clock) {
        this.book = book;
        this.owner = owner;
        this.producer = producer;
        this.intervals = intervals;
        this.clock = clock;
    }

    /// Starts to poll.
    public void start() {
        rounds = Periodic.start("look-back", this::untilNext, this::askNext);
    }

    /// Returns how long a round takes at present.
    public Duration round() {
        return intervals.round(chats);
    }

    /// Returns why missing events may be found too late, in words; empty if they are found in time.
    public Optional<String> problem() {
        int present = chats;
        return intervals.fits(present)
                ? Optional.empty()
                : Optional.of(
                        "It takes " + intervals.round(present).toMinutes() + " minutes to check the transcripts of "
                                + present + " open chats, but a check covers only the last "
                                + intervals.reach().toMinutes()
                                + " minutes: run more bridges, lower transcript.between.min, or raise transcript.reach");
    }

    @Override
    public void close() {
        if (rounds != null) {
            rounds.close();
        }
    }

    private Duration untilNext() {
        if (!round.isEmpty()) {
            return between;
        }
        Duration rest = Duration.between(clock.instant(), began.plus(intervals.every()));
        if (rest.isNegative()) {
            return Duration.ZERO;
        }
        return rest.compareTo(NOTICE) < 0 ? rest : NOTICE;
    }

    private void askNext() {
        if (round.isEmpty() && isDue()) {
            // Read first: an assignment during the round begins another round.
            assignment = owner.assignment();
            book.open().stream().map(Chat::initialContactId).filter(owner::has).forEach(round::add);
            chats = round.size();
            between = intervals.between(chats);
            began = clock.instant();
        }
        String contact = round.poll();
        if (contact != null) {
            ask(contact);
        }
    }

    /// Whether a round is due. Chats that were just assigned to this process are checked without
    /// waiting for the next round.
    private boolean isDue() {
        return assignment != owner.assignment() || !clock.instant().isBefore(began.plus(intervals.every()));
    }

    private void ask(String contact) {
        try {
            ChatEvent ask = new ChatEvent(
                    "look-back-" + UUID.randomUUID(),
                    contact,
                    null,
                    clock.instant(),
                    null,
                    null,
                    null,
                    new ChatEvent.ReconcileRequested(),
                    Json.object());
            producer.append(Topics.CHAT_EVENT, contact, ask);
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("contactId", contact)
                    .addKeyValue("error", e.getMessage())
                    .log("The check of a transcript could not be requested; it is retried");
        }
    }
}
