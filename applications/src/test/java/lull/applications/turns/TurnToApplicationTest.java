package lull.applications.turns;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.application.AnswerQuality;
import lull.contract.application.Exchange;
import lull.contract.application.HandOver;
import lull.contract.application.TurnHandled;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.PauseScope;
import lull.lanes.results.MemoryAcknowledgedProducer;
import lull.lanes.results.MemoryPartitionTailReader;
import lull.lanes.results.ResultLog;
import lull.runtime.kafka.NotAcknowledged;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TurnToApplicationTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:05Z");
    private static final Turn TURN = TestTurns.text(7, "echo", "Hello");

    private final MemoryAcknowledgedProducer producer = new MemoryAcknowledgedProducer();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Deque<Application.Given> answers = new ArrayDeque<>();
    private final List<String> ids = new ArrayList<>();
    private Instant now = START;

    /// By how much the clock goes on each time that it is read.
    private Duration tick = Duration.ZERO;

    private boolean chatIsOpen;
    private Instant chatEnded = Instant.EPOCH;
    private boolean refusedToPerson;
    private @Nullable Answer instead;
    private Optional<Duration> answersWithin = Optional.empty();
    private final List<ConversationState> states = new ArrayList<>();

    /// What happens while the application works.
    private Runnable whileAsked = () -> {};

    private String closed = "";
    private boolean showsTyping;
    private final LastAnswers lastAnswers = new LastAnswers(() -> now);
    private TurnToApplication flow = flow(List.of());

    @Test
    void requestsTheRepliesThatTheApplicationAnswersInOrder() throws InterruptedException {
        answers.add(taken("One", "Two"));

        assertThat(handle(TURN)).isEqualTo(Outcome.DONE);

        assertThat(replies())
                .extracting(reply -> ((ReplyContent.Text) reply.content()).body())
                .containsExactly("One", "Two");
        assertThat(replies()).extracting(Reply::origin).containsOnly(new ReplyOrigin.Application("echo"));
        assertThat(replies()).extracting(Reply::conversation).containsOnly(TURN.conversation());
        assertThat(replies()).extracting(Reply::id).doesNotHaveDuplicates().allMatch(id -> id.startsWith("app-"));
        assertThat(results())
                .extracting(each -> (Object) each.getClass())
                .containsExactly(TurnHandled.Begun.class, TurnHandled.Answered.class, TurnHandled.Spoken.class);
        assertThat(count("taken")).isOne();
    }

    @Test
    void aTurnThatAnApplicationCallsAMistakeIsRefusedWhereOthersAreAccepted() throws InterruptedException {
        Outcome.Pause mistake =
                new Outcome.Pause(new PauseScope("destination", "echo"), "Destination echo answers 404");
        answers.add(new Application.Given.Failed(mistake));
        assertThat(handle(TURN)).as("nothing else is accepted").isEqualTo(mistake);

        now = START.plusSeconds(30);
        answers.add(taken("One"));
        handle(TestTurns.text(8, "echo", "Another"));
        assertThat(lastAnswers.isWorking("echo")).isTrue();
        answers.add(new Application.Given.Failed(mistake));
        assertThat(handle(TURN)).isEqualTo(new Outcome.Retry(Duration.ofSeconds(30), "Destination echo answers 404"));

        now = START.plus(Duration.ofMinutes(16));
        answers.add(new Application.Given.Failed(mistake));
        assertThat(handle(TURN)).isEqualTo(new Outcome.Reject("Destination echo answers 404"));
        assertThat(lastAnswers.isWorking("echo")).isFalse();
    }

    @Test
    void neverWaitsLongerThanItsPatience() throws InterruptedException {
        answers.add(
                new Application.Given.Failed(new Outcome.Retry(Duration.ofHours(5), "Destination echo answers 429")));

        assertThat(handle(TURN))
                .isEqualTo(new Outcome.Retry(Duration.ofMinutes(15).plusMillis(1), "Destination echo answers 429"));
    }

    @Test
    void asksForATypingIndicatorBeforeTheFirstAttemptOnly() throws InterruptedException {
        showsTyping = true;
        flow = flow(List.of());
        answers.add(new Application.Given.Failed(Outcome.retry("no answer")));
        handle(TURN);
        flow = flow(results());
        answers.add(taken("One"));
        handle(TURN);

        assertThat(replies())
                .extracting(Reply::content)
                .containsExactly(new ReplyContent.Typing(TURN.messageIds().getLast()), new ReplyContent.Text("One"));
        assertThat(replies()).extracting(Reply::id).doesNotHaveDuplicates();
    }

    @Test
    void aTurnThatIsReadAgainAfterItsAnswerIsNotGivenAgainButItsRepliesAreTheSame() throws InterruptedException {
        answers.add(taken("One", "Two"));
        producer.failAfter(3);
        assertThatThrownBy(() -> handle(TURN)).isInstanceOf(NotAcknowledged.class);
        producer.heal();
        List<Reply> before = replies();
        flow = flow(results());

        assertThat(handle(TURN)).isEqualTo(Outcome.DONE);

        assertThat(ids).hasSize(1);
        assertThat(before).hasSize(1);
        assertThat(replies()).hasSize(3);
        assertThat(replies().get(1)).isEqualTo(before.getFirst());
    }

    @Test
    void aTurnOfWhichNobodyKnowsWhetherItArrivedIsGivenAgainWithTheSameId() throws InterruptedException {
        answers.add(new Application.Given.Failed(Outcome.retry("no answer")));
        assertThat(handle(TURN)).isEqualTo(Outcome.retry("no answer"));
        flow = flow(results());
        answers.add(taken("One"));

        assertThat(handle(TURN)).isEqualTo(Outcome.DONE);

        assertThat(ids).hasSize(2).containsOnly(ids.getFirst());
        assertThat(ids.getFirst()).startsWith("turn_").doesNotContain(".");
        assertThat(results()).filteredOn(TurnHandled.Begun.class::isInstance).hasSize(1);
    }

    @Test
    void isPatientFromTheFirstAttemptOn() throws InterruptedException {
        Outcome.Retry again = new Outcome.Retry(Duration.ofSeconds(30), "Destination echo answers 503");
        answers.add(new Application.Given.Failed(again));
        answers.add(new Application.Given.Failed(again));
        assertThat(handle(TURN)).isEqualTo(again);
        now = START.plus(Duration.ofMinutes(16));

        assertThat(handle(TURN)).isEqualTo(new Outcome.Reject("Destination echo answers 503"));

        assertThat(results().getLast())
                .isEqualTo(new TurnHandled.Declined(TURN.id(), "echo", "Destination echo answers 503", now));
        assertThat(count("refused")).isOne();
    }

    @Test
    void waitsWhileTheDestinationIsNotInTheSettings() throws InterruptedException {
        Outcome outcome = handle(TestTurns.text(8, "gone", "Hello"));

        assertThat(outcome)
                .isEqualTo(new Outcome.Pause(
                        new PauseScope("destination", "gone"), "There is no destination gone in the settings"));
        assertThat(producer.entries()).isEmpty();
    }

    @Test
    void anAnswerThatCannotBeReadCountsAsTakenAndIsCounted() throws InterruptedException {
        answers.add(new Application.Given.Taken(Answer.unreadable(List.of("The body is not JSON"))));

        assertThat(handle(TURN)).isEqualTo(Outcome.DONE);

        assertThat(replies()).isEmpty();
        assertThat(count("unreadable")).isOne();
        assertThat(count("taken")).isOne();
    }

    @Test
    void handsAConversationOverAfterItsRepliesAndIsSilentUntilTheChatHasEnded() throws InterruptedException {
        HandOver asked = new HandOver("angry", "Wants a refund", Map.of("queue", "refunds"));
        answers.add(new Application.Given.Taken(new Answer(
                List.of(new Answer.Said(new ReplyContent.Text("One moment", null, null), null)), asked, List.of())));
        assertThat(handle(TURN)).isEqualTo(Outcome.DONE);
        assertThat(toConnect()).containsExactly(TURN.handedOver(asked));
        assertThat(topics()).containsSubsequence(Topics.REPLY_REQUESTED.name(), Topics.TURN_CLOSED.name());

        Turn beforeTheChat = TestTurns.text(8, "echo", "Hello?");
        assertThat(handle(beforeTheChat)).isEqualTo(Outcome.DONE);
        chatIsOpen = true;
        now = START.plus(Duration.ofHours(2));
        Turn inTheChat = TestTurns.text(9, "echo", "Thanks");
        assertThat(handle(inTheChat)).isEqualTo(Outcome.DONE);
        assertThat(toConnect()).containsExactly(TURN.handedOver(asked), beforeTheChat, inTheChat);
        assertThat(ids).hasSize(1);

        chatIsOpen = false;
        chatEnded = now;
        answers.add(taken("Me again"));
        assertThat(handle(TestTurns.text(10, "echo", "Another thing"))).isEqualTo(Outcome.DONE);
        assertThat(ids).hasSize(2);
        assertThat(toConnect()).hasSize(3);
        assertThat(count("handed_over")).isOne();
        assertThat(count("passed_on")).isEqualTo(2);
    }

    @Test
    void isNotSilentForEverIfNoChatOpens() throws InterruptedException {
        answers.add(new Application.Given.Taken(new Answer(List.of(), new HandOver(null, null, Map.of()), List.of())));
        handle(TURN);
        now = START.plus(Duration.ofMinutes(14));
        handle(TestTurns.text(8, "echo", "Hello?"));
        assertThat(ids).hasSize(1);

        now = START.plus(Duration.ofMinutes(15));
        answers.add(taken("Me again"));
        handle(TestTurns.text(9, "echo", "Hello??"));

        assertThat(ids).hasSize(2);
    }

    @Test
    void knowsOfAHandOverAfterARestart() throws InterruptedException {
        answers.add(new Application.Given.Taken(new Answer(List.of(), new HandOver(null, null, Map.of()), List.of())));
        handle(TURN);
        flow = flow(results());

        assertThat(handle(TestTurns.text(8, "echo", "Hello?"))).isEqualTo(Outcome.DONE);

        assertThat(ids).hasSize(1);
        assertThat(toConnect()).hasSize(2);
    }

    @Test
    void aHandOverThatACrashInterruptedIsMadeUpForWithoutAsking() throws InterruptedException {
        answers.add(new Application.Given.Taken(new Answer(List.of(), new HandOver(null, null, Map.of()), List.of())));
        producer.failAfter(3);
        assertThatThrownBy(() -> handle(TURN)).isInstanceOf(NotAcknowledged.class);
        producer.heal();
        flow = flow(results());

        assertThat(handle(TURN)).isEqualTo(Outcome.DONE);

        assertThat(ids).hasSize(1);
        assertThat(toConnect()).hasSize(1);
        assertThat(results())
                .filteredOn(TurnHandled.HandedOver.class::isInstance)
                .hasSize(1);
    }

    @Test
    void aRefusedTurnGoesToAPersonWithTheReason() throws InterruptedException {
        refusedToPerson = true;
        flow = flow(List.of());
        answers.add(new Application.Given.Failed(new Outcome.Reject("Destination echo answers 422")));

        assertThat(handle(TURN)).isEqualTo(Outcome.DONE);

        assertThat(toConnect())
                .containsExactly(TURN.handedOver(new HandOver("Destination echo answers 422", null, Map.of())));
        assertThat(count("refused")).isOne();
    }

    @Test
    void aClosedApplicationsTurnsGoToAPersonAlsoThoseThatItHasGotBefore() throws InterruptedException {
        answers.add(new Application.Given.Failed(
                new Outcome.Pause(new PauseScope("destination", "echo"), "Destination echo answers 410")));
        handle(TURN);
        refusedToPerson = true;
        closed = "Destination echo gets no more turns";
        flow = flow(results());
        now = START.plus(Duration.ofDays(2));

        assertThat(handle(TURN)).isEqualTo(Outcome.DONE);
        assertThat(handle(TestTurns.text(8, "echo", "Still there?"))).isEqualTo(Outcome.DONE);

        assertThat(toConnect()).first().isEqualTo(TURN.handedOver(new HandOver(closed, null, Map.of())));
        assertThat(toConnect())
                .extracting(Turn::id)
                .containsExactly(TURN.id(), TestTurns.text(8, "echo", "").id());
        assertThat(ids).as("asked once, before it was closed").hasSize(1);
    }

    @Test
    void aTurnThatWasBegunIsGivenAgainThoughAChatHasOpenedMeanwhile() throws InterruptedException {
        answers.add(new Application.Given.Failed(Outcome.retry("no answer")));
        handle(TURN);
        chatIsOpen = true;
        answers.add(taken("One"));

        assertThat(handle(TURN)).isEqualTo(Outcome.DONE);

        assertThat(ids).hasSize(2);
        assertThat(toConnect()).isEmpty();
    }

    @Test
    void anAnswerWithoutOtherEffectsIsNotUsedIfAChatHasOpenedMeanwhile() throws InterruptedException {
        answersWithin = Optional.of(Duration.ofSeconds(30));
        flow = flow(List.of());
        whileAsked = () -> chatIsOpen = true;
        answers.add(taken("One"));

        assertThat(handle(TURN)).isEqualTo(Outcome.DONE);
        flow = flow(results());
        assertThat(handle(TURN)).isEqualTo(Outcome.DONE);

        assertThat(replies()).isEmpty();
        assertThat(toConnect()).containsExactly(TURN, TURN);
        assertThat(ids).hasSize(1);
        assertThat(count("superseded")).isOne();
    }

    @Test
    void aTurnThatWaitsForAnAnswerWithoutOtherEffectsGoesToAPersonWhoHasTakenOver() throws InterruptedException {
        answersWithin = Optional.of(Duration.ofSeconds(30));
        flow = flow(List.of());
        answers.add(new Application.Given.Failed(Outcome.retry("no answer")));
        assertThat(handle(TURN)).isEqualTo(Outcome.retry("no answer"));
        chatIsOpen = true;

        assertThat(handle(TURN)).isEqualTo(Outcome.DONE);

        assertThat(ids).hasSize(1);
        assertThat(toConnect()).containsExactly(TURN);
    }

    @Test
    void aTurnThatWaitsForAnAssistantLongerThanItMayGoesToAPerson() throws InterruptedException {
        answersWithin = Optional.of(Duration.ofSeconds(30));
        refusedToPerson = true;
        flow = flow(List.of());
        answers.add(new Application.Given.Failed(new Outcome.Deferred(Duration.ofMinutes(1))));
        assertThat(handle(TURN))
                .isEqualTo(new Outcome.Deferred(Duration.ofSeconds(30).plusMillis(1)));
        now = START.plusSeconds(31);
        answers.add(new Application.Given.Failed(new Outcome.Deferred(Duration.ofMinutes(1))));

        assertThat(handle(TURN)).isEqualTo(Outcome.DONE);

        assertThat(toConnect())
                .containsExactly(
                        TURN.handedOver(new HandOver("Destination echo had no time for the turn", null, Map.of())));
    }

    @Test
    void anAssistantThatHadNoTimeSaysItselfWhatBecomesOfTheTurn() throws InterruptedException {
        answersWithin = Optional.of(Duration.ofSeconds(30));
        instead = new Answer(List.of(), new HandOver("It could not answer", null, Map.of()), List.of());
        flow = flow(List.of());
        answers.add(new Application.Given.Failed(new Outcome.Deferred(Duration.ofMinutes(1))));
        handle(TURN);
        now = START.plusSeconds(31);
        answers.add(new Application.Given.Failed(new Outcome.Deferred(Duration.ofMinutes(1))));

        assertThat(handle(TURN)).isEqualTo(Outcome.DONE);

        assertThat(toConnect()).containsExactly(TURN.handedOver(new HandOver("It could not answer", null, Map.of())));
    }

    @Test
    void anApplicationKnowsWhatWasSaidBeforeAndUntilWhenItMayAnswer() throws InterruptedException {
        answersWithin = Optional.of(Duration.ofSeconds(30));
        flow = flow(List.of());
        answers.add(taken("Answer 1"));
        handle(TestTurns.text(1, "echo", "Question 1"));
        answers.add(taken("One"));
        handle(TURN);

        ConversationState state = states.getLast();
        assertThat(states.getFirst().before()).isEmpty();
        assertThat(state.before())
                .extracting(said -> ((TurnHandled.Spoken) said).exchange())
                .containsExactly(exchange(1));
        assertThat(state.until()).isEqualTo(START.plusSeconds(30));
        assertThat(state.isFollowed().getAsBoolean()).isFalse();
    }

    @Test
    void howAnAssistantCameToItsAnswerIsInTheResult() throws InterruptedException {
        AnswerQuality quality =
                new AnswerQuality("m", "5a1c", "delivery", 0.9, 812, 64, Duration.ofSeconds(1), Map.of());
        answers.add(new Application.Given.Taken(new Answer(List.of(), null, List.of(), quality)));

        handle(TURN);

        assertThat(results())
                .filteredOn(TurnHandled.Answered.class::isInstance)
                .extracting(result -> ((TurnHandled.Answered) result).quality())
                .containsExactly(quality);
    }

    @Test
    void anAgentIsToldTheLastFiveExchangesBeforeTheHandOver() throws InterruptedException {
        for (int number = 1; number <= 6; number++) {
            answers.add(taken("Answer " + number));
            handle(TestTurns.text(number, "echo", "Question " + number));
        }
        flow = flow(results());
        HandOver asked = new HandOver("asked", null, Map.of());
        answers.add(new Application.Given.Taken(new Answer(List.of(), asked, List.of())));

        handle(TURN);

        assertThat(toConnect())
                .containsExactly(TURN.handedOver(
                        asked.after(List.of(exchange(2), exchange(3), exchange(4), exchange(5), exchange(6)))));
    }

    @Test
    void anAgentIsNotToldWhatWasSaidBeforeAnEarlierHandOver() throws InterruptedException {
        HandOver asked = new HandOver("asked", null, Map.of());
        answers.add(new Application.Given.Taken(new Answer(List.of(), asked, List.of())));
        tick = Duration.ofMillis(3);
        handle(TestTurns.text(1, "echo", "A person"));
        tick = Duration.ZERO;
        now = START.plus(Duration.ofHours(1));
        chatEnded = now;
        answers.add(taken("Answer 2"));
        handle(TestTurns.text(2, "echo", "Question 2"));
        answers.add(new Application.Given.Taken(new Answer(List.of(), asked, List.of())));

        handle(TURN);

        assertThat(toConnect()).last().isEqualTo(TURN.handedOver(asked.after(List.of(exchange(2)))));
    }

    @Test
    void whatWasSaidIsTheSameIfTheHandOverIsDoneAgain() throws InterruptedException {
        answers.add(taken("Answer 1"));
        handle(TestTurns.text(1, "echo", "Question 1"));
        answers.add(new Application.Given.Taken(new Answer(List.of(), new HandOver(null, null, Map.of()), List.of())));
        handle(TURN);
        flow = flow(results());

        handle(TURN);

        assertThat(toConnect()).hasSize(2);
        assertThat(toConnect().getLast()).isEqualTo(toConnect().getFirst());
        assertThat(results()).filteredOn(TurnHandled.Spoken.class::isInstance).hasSize(2);
    }

    private static Exchange exchange(int number) {
        return new Exchange("Question " + number, List.of("Answer " + number));
    }

    private TurnToApplication flow(List<TurnHandled> known) {
        ResultLog<TurnHandled> results = new ResultLog<>(
                Topics.APPLICATION_TURN_HANDLED,
                new MemoryPartitionTailReader<>(TurnToApplicationTest::key, known),
                producer);
        Application open = new Application() {
            @Override
            public Given give(String id, Turn turn, ConversationState conversation) {
                ids.add(id);
                states.add(conversation);
                whileAsked.run();
                return requireNonNull(answers.poll(), "an answer");
            }

            @Override
            public Optional<Answer> instead(Turn turn, ConversationState conversation) {
                return Optional.ofNullable(instead);
            }
        };
        return new TurnToApplication(
                Map.of(
                        "echo",
                        new TurnToApplication.Destination(
                                closed.isEmpty() ? open : new ClosedApplication(closed),
                                refusedToPerson,
                                showsTyping,
                                answersWithin)),
                new PersonInCharge() {
                    @Override
                    public boolean isOpen(Turn turn) {
                        return chatIsOpen;
                    }

                    @Override
                    public boolean hasEndedSince(Turn turn, Instant time) {
                        return !chatEnded.isBefore(time);
                    }
                },
                lastAnswers,
                results,
                producer,
                new TurnToApplication.Options(Duration.ofMinutes(15), Duration.ofMinutes(15)),
                () -> now = now.plus(tick),
                new ApplicationMetrics(registry));
    }

    private Outcome handle(Turn turn) throws InterruptedException {
        return flow.handle(new Incoming<>(0, 1, 1, turn.conversation().toString(), turn, START, 0), () -> {});
    }

    private static Application.Given taken(String... texts) {
        return new Application.Given.Taken(new Answer(
                List.of(texts).stream()
                        .map(text -> new Answer.Said(new ReplyContent.Text(text, null, null), null))
                        .toList(),
                null,
                List.of()));
    }

    private List<Reply> replies() {
        return producer.values(Reply.class);
    }

    private List<Turn> toConnect() {
        return producer.values(Turn.class);
    }

    private List<String> topics() {
        return producer.entries().stream()
                .map(MemoryAcknowledgedProducer.Entry::topic)
                .toList();
    }

    private static String key(TurnHandled value) {
        return switch (value) {
            case TurnHandled.HandedOver over -> over.conversation().toString();
            case TurnHandled.Spoken spoken -> spoken.conversation().toString();
            default -> value.turnId();
        };
    }

    private List<TurnHandled> results() {
        return producer.values(TurnHandled.class);
    }

    private double count(String outcome) {
        return registry.get("lull.applications.turns")
                .tag("destination", "echo")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
