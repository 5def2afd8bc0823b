package lull.applications.turns;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import lull.contract.application.Exchange;
import lull.contract.application.HandOver;
import lull.contract.application.TurnHandled;
import lull.contract.message.Flag;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyIds;
import lull.contract.reply.ReplyOrigin;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnRoute;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.PauseScope;
import lull.lanes.results.AcknowledgedProducer;
import lull.lanes.results.ResultLog;
import lull.runtime.Sha256;

/// Handler that gives turns to applications, requests the replies that they answer, and hands
/// conversations over to persons.
///
/// The order makes a crash harmless: that a turn is begun is written before the application is called, its answer
/// before any reply is requested, and replies have ids that follow from the turn. So a turn that is
/// handled again after its answer was written is not given again, and replies that are requested again
/// are the same ones. One that is handled again before is given with the same id. A turn that goes to
/// Amazon Connect twice is shown once, because it has the same id there.
///
/// While a person talks with the customer, the application is silent: its turns go to Amazon Connect.
/// This begins with the hand-over, before any chat is open, and ends when a chat has ended, or if none
/// was opened in time.
public final class TurnToApplication implements Handler<Turn> {

    /// How many of the latest results of a conversation must be kept: what was said, and hand-overs.
    public static final int RESULTS_OF_A_CONVERSATION = 2 * Exchanges.MOST;

    /// How soon a turn is tried again that an application answers as if something were wrong with itself.
    private static final Duration MISTAKE_RETRY = Duration.ofSeconds(30);

    private final Map<String, Destination> destinations;
    private final PersonInCharge persons;
    private final LastAnswers lastAnswers;
    private final ResultLog<TurnHandled> results;
    private final AcknowledgedProducer producer;
    private final Options options;
    private final InstantSource clock;
    private final ApplicationMetrics metrics;

    /// An application, and what becomes of turns that it does not take.
    ///
    /// @param refusedToPerson whether a refused turn goes to Amazon Connect; else it is a dead letter
    /// @param showsTyping whether customers see a typing indicator while it works, unless an operator
    ///     has switched it
    /// @param answersWithin how long a turn waits for an answer, of an application whose answers have
    ///     no effect but what is in them: after this time, or when a person has taken over, the turn
    ///     goes to the person, and an answer is not used. Absent for all others, which may have done
    ///     something with the turn
    public record Destination(
            Application application, boolean refusedToPerson, boolean showsTyping, Optional<Duration> answersWithin) {

        /// Creates a destination of an application that may have done something with a turn.
        public Destination(Application application, boolean refusedToPerson, boolean showsTyping) {
            this(application, refusedToPerson, showsTyping, Optional.empty());
        }

        private boolean yields() {
            return answersWithin.isPresent();
        }
    }

    /// Options of the flow.
    ///
    /// @param patience how long a turn is tried, from its first attempt, until it is refused
    /// @param chatWithin how long after a hand-over a chat may open; if none has, the application gets
    ///     turns again
    public record Options(Duration patience, Duration chatWithin) {}

    /// @param destinations by their names
    public TurnToApplication(
            Map<String, Destination> destinations,
            PersonInCharge persons,
            LastAnswers lastAnswers,
            ResultLog<TurnHandled> results,
            AcknowledgedProducer producer,
            Options options,
            InstantSource clock,
            ApplicationMetrics metrics) {
        this.destinations = Map.copyOf(destinations);
        this.persons = persons;
        this.lastAnswers = lastAnswers;
        this.results = results;
        this.producer = producer;
        this.options = options;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public Outcome handle(Incoming<Turn> incoming, Fence fence) throws InterruptedException {
        Turn turn = incoming.value();
        TurnRoute route = turn.route();
        if (route == null) {
            return new Outcome.Reject("A turn without a destination");
        }
        String destination = route.destination();
        List<TurnHandled> known = results.of(incoming, turn.id());
        Optional<TurnHandled.Answered> answered = last(known, TurnHandled.Answered.class);
        if (answered.isPresent()) {
            return finish(incoming, answered.get(), Map.of(), fence);
        }
        Destination to = destinations.get(destination);
        boolean mayPassOn = known.isEmpty() || (to != null && to.yields());
        if (last(known, TurnHandled.PassedOn.class).isPresent() || (mayPassOn && isWithPerson(incoming))) {
            return passOn(incoming, destination, fence);
        }
        if (to == null) {
            return new Outcome.Pause(
                    new PauseScope("destination", destination),
                    "There is no destination " + destination + " in the settings");
        }
        if (known.isEmpty() && turn.isOn(Flag.TYPING, to.showsTyping)) {
            showTyping(turn, destination, fence);
        }
        Instant begun = begun(incoming, known, destination, fence).at();
        Instant until = begun.plus(to.answersWithin.orElse(options.patience));
        ConversationState conversation = new ConversationState(earlier(incoming), until, fence::isFollowed);
        fence.check();
        return switch (to.application.give(id(turn, destination), turn, conversation)) {
            case Application.Given.Taken _
            when to.yields() && isWithPerson(incoming) -> superseded(incoming, destination, fence);
            case Application.Given.Taken(Answer answer) -> taken(incoming, destination, answer, fence);
            case Application.Given.Failed(Outcome.Reject(String reason)) -> refused(incoming, to, reason, fence);
            case Application.Given.Failed(Outcome.Retry(Duration _, String reason))
            when clock.instant().isAfter(until) -> refused(incoming, to, reason, fence);
            case Application.Given.Failed(Outcome.Retry(Duration wait, String reason)) ->
                new Outcome.Retry(shorter(wait, until), reason);
            case Application.Given.Failed(Outcome.Deferred(Duration wait))
            when to.yields() ->
                clock.instant().isAfter(until)
                        ? tooLate(incoming, to, conversation, fence)
                        : new Outcome.Deferred(shorter(wait, until));
            case Application.Given.Failed(Outcome.Pause(PauseScope _, String reason))
            when lastAnswers.isAfter(destination, begun) ->
                clock.instant().isAfter(until)
                        ? refused(incoming, to, reason, fence)
                        : new Outcome.Retry(shorter(MISTAKE_RETRY, until), reason);
            case Application.Given.Failed(Outcome.Failure failure) -> failure;
        };
    }

    /// Lets the application of a turn begin that has not ended yet, unless a person has the conversation. Blocks while
    /// the application works, and has no other effect.
    ///
    /// @param incoming the open turn, as the flow would get it
    public void expect(Incoming<Turn> incoming) throws InterruptedException {
        Turn turn = incoming.value();
        TurnRoute route = turn.route();
        Destination to = route == null ? null : destinations.get(route.destination());
        if (to != null && results.of(incoming, turn.id()).isEmpty() && !isWithPerson(incoming)) {
            Instant until = clock.instant().plus(to.answersWithin.orElse(options.patience));
            to.application.expect(turn, new ConversationState(earlier(incoming), until, () -> false));
        }
    }

    /// Returns the id by which an application knows a turn that it has already. It contains nothing
    /// personal and no `.`, as the Standard Webhooks specification demands.
    static String id(Turn turn, String destination) {
        return "turn_" + Sha256.hex(turn.id() + "\n" + turn.firstMessageId() + "\n" + destination);
    }

    private boolean isWithPerson(Incoming<Turn> incoming) {
        Turn turn = incoming.value();
        return persons.isOpen(turn)
                || last(results.of(incoming, conversation(turn)), TurnHandled.HandedOver.class)
                        .filter(last -> !last.turnId().equals(turn.id()))
                        .filter(last -> clock.instant().isBefore(last.at().plus(options.chatWithin)))
                        .filter(last -> !persons.hasEndedSince(turn, last.at()))
                        .isPresent();
    }

    /// Returns when the turn was begun, which is written before its first attempt.
    private TurnHandled.Begun begun(Incoming<Turn> incoming, List<TurnHandled> known, String destination, Fence fence) {
        Optional<TurnHandled.Begun> before = last(known, TurnHandled.Begun.class);
        if (before.isPresent()) {
            return before.get();
        }
        String turnId = incoming.value().id();
        TurnHandled.Begun begun = new TurnHandled.Begun(turnId, destination, clock.instant());
        fence.check();
        results.add(incoming, turnId, begun);
        return begun;
    }

    /// Asks for the typing indicator, which the bridge shows if it is still in time.
    private void showTyping(Turn turn, String destination, Fence fence) {
        fence.check();
        Reply typing = new Reply(
                ReplyIds.ofApplication(Sha256.hex(id(turn, destination) + "\ntyping")),
                turn.conversation(),
                turn.customer(),
                new ReplyOrigin.Application(destination),
                new ReplyContent.Typing(turn.messageIds().getLast()),
                clock.instant());
        producer.append(Topics.REPLY_REQUESTED, turn.conversation().toString(), typing);
    }

    private Outcome passOn(Incoming<Turn> incoming, String destination, Fence fence) {
        Turn turn = incoming.value();
        fence.check();
        results.add(incoming, turn.id(), new TurnHandled.PassedOn(turn.id(), destination, clock.instant()));
        toConnect(turn, fence);
        metrics.passedOn(destination);
        return Outcome.DONE;
    }

    /// A person has the conversation since the application was asked, so its answer would interrupt.
    private Outcome superseded(Incoming<Turn> incoming, String destination, Fence fence) {
        metrics.superseded(destination);
        return passOn(incoming, destination, fence);
    }

    /// Returns how long to wait, and no longer than until the patience with a turn is over.
    private Duration shorter(Duration wait, Instant until) {
        Duration left = Duration.between(clock.instant(), until).plusMillis(1);
        return wait.compareTo(left) > 0 ? left : wait;
    }

    private Outcome taken(Incoming<Turn> incoming, String destination, Answer answer, Fence fence) {
        Turn turn = incoming.value();
        if (!answer.problems().isEmpty()) {
            metrics.unreadable(destination, answer.problems());
        }
        TurnHandled.Answered answered = new TurnHandled.Answered(
                turn.id(),
                destination,
                turn.conversation(),
                replies(turn, destination, answer),
                answer.handOver(),
                clock.instant(),
                answer.quality());
        fence.check();
        results.add(incoming, turn.id(), answered);
        metrics.taken(destination);
        lastAnswers.accepted(destination);
        return finish(incoming, answered, answer.heard(), fence);
    }

    /// Does what follows from an answer; the same if it is done again, but that only the first time what was heard
    /// is remembered.
    private Outcome finish(
            Incoming<Turn> incoming, TurnHandled.Answered answered, Map<String, String> heard, Fence fence) {
        for (Reply reply : answered.replies()) {
            fence.check();
            producer.append(Topics.REPLY_REQUESTED, answered.conversation().toString(), reply);
        }
        HandOver asked = answered.handOver();
        if (asked != null) {
            handOver(incoming, answered.destination(), asked, fence);
        }
        remember(incoming, answered, heard, fence);
        return Outcome.DONE;
    }

    private void remember(
            Incoming<Turn> incoming, TurnHandled.Answered answered, Map<String, String> heard, Fence fence) {
        Turn turn = incoming.value();
        if (all(incoming, TurnHandled.Spoken.class)
                .noneMatch(said -> said.turnId().equals(turn.id()))) {
            fence.check();
            results.add(
                    incoming,
                    conversation(turn),
                    new TurnHandled.Spoken(
                            turn.id(),
                            answered.destination(),
                            turn.conversation(),
                            Exchanges.of(turn, answered.replies(), heard),
                            clock.instant()));
        }
    }

    /// Returns what was said before a turn since the conversation was last handed over, oldest first. The order of
    /// the results decides, as clocks of processes differ.
    private List<Exchange> before(Incoming<Turn> incoming) {
        String handedOver = "";
        List<Exchange> said = new ArrayList<>();
        for (TurnHandled known : earlier(incoming)) {
            if (known instanceof TurnHandled.HandedOver) {
                handedOver = known.turnId();
                said.clear();
            } else if (known instanceof TurnHandled.Spoken spoken
                    && !spoken.turnId().equals(handedOver)) {
                said.add(spoken.exchange());
            }
        }
        return said.subList(Math.max(0, said.size() - Exchanges.MOST), said.size());
    }

    /// Returns what is remembered of the conversation before a turn, oldest first.
    private List<TurnHandled> earlier(Incoming<Turn> incoming) {
        String turnId = incoming.value().id();
        return results.of(incoming, conversation(incoming.value())).stream()
                .takeWhile(known -> !known.turnId().equals(turnId))
                .toList();
    }

    private <T extends TurnHandled> Stream<T> all(Incoming<Turn> incoming, Class<T> type) {
        return results.of(incoming, conversation(incoming.value())).stream()
                .filter(type::isInstance)
                .map(type::cast);
    }

    private Outcome tooLate(Incoming<Turn> incoming, Destination to, ConversationState conversation, Fence fence) {
        Turn turn = incoming.value();
        String destination = Objects.requireNonNull(turn.route()).destination();
        Optional<Answer> instead = to.application.instead(turn, conversation);
        return instead.isPresent()
                ? taken(incoming, destination, instead.get(), fence)
                : refused(incoming, to, "Destination " + destination + " had no time for the turn", fence);
    }

    private Outcome refused(Incoming<Turn> incoming, Destination to, String reason, Fence fence) {
        Turn turn = incoming.value();
        String destination = Objects.requireNonNull(turn.route()).destination();
        if (!to.refusedToPerson) {
            fence.check();
            results.add(incoming, turn.id(), new TurnHandled.Declined(turn.id(), destination, reason, clock.instant()));
            metrics.refused(destination);
            return new Outcome.Reject(reason);
        }
        TurnHandled.Answered instead = new TurnHandled.Answered(
                turn.id(),
                destination,
                turn.conversation(),
                List.of(),
                new HandOver(reason, null, Map.of()),
                clock.instant(),
                null);
        fence.check();
        results.add(incoming, turn.id(), instead);
        metrics.refused(destination);
        return finish(incoming, instead, Map.of(), fence);
    }

    private void handOver(Incoming<Turn> incoming, String destination, HandOver asked, Fence fence) {
        Turn turn = incoming.value();
        boolean isKnown = all(incoming, TurnHandled.HandedOver.class)
                .anyMatch(known -> known.turnId().equals(turn.id()));
        if (!isKnown) {
            fence.check();
            results.add(
                    incoming,
                    conversation(turn),
                    new TurnHandled.HandedOver(turn.id(), destination, turn.conversation(), clock.instant()));
            metrics.handedOver(destination);
        }
        toConnect(turn.handedOver(asked.after(before(incoming))), fence);
    }

    private void toConnect(Turn turn, Fence fence) {
        fence.check();
        producer.append(Topics.TURN_CLOSED, turn.conversation().toString(), turn);
    }

    /// Under which id the results have what concerns a whole conversation.
    private static String conversation(Turn turn) {
        return turn.conversation().toString();
    }

    private List<Reply> replies(Turn turn, String destination, Answer answer) {
        List<Reply> replies = new ArrayList<>();
        for (Answer.Said said : answer.replies()) {
            replies.add(new Reply(
                            ReplyIds.ofApplication(Sha256.hex(id(turn, destination) + "\n" + replies.size())),
                            turn.conversation(),
                            turn.customer(),
                            new ReplyOrigin.Application(destination),
                            said.content(),
                            clock.instant(),
                            said.quotedMessageId())
                    .causedBy(turn.causes()));
        }
        return replies;
    }

    private static <T extends TurnHandled> Optional<T> last(List<TurnHandled> known, Class<T> type) {
        return known.reversed().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
