package lull.applications.turns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lull.applications.turns.Application.Given;
import lull.contract.turn.Turn;
import lull.lanes.Outcome;
import lull.lanes.PauseScope;
import lull.runtime.Circuit;
import lull.runtime.CircuitPolicy;
import lull.runtime.TokenBucket;
import org.junit.jupiter.api.Test;

final class LimitedApplicationTest {

    private static final Turn TURN = TestTurns.text(7, "echo", "Hello");
    private static final Given TAKEN = new Given.Taken(Answer.NONE);
    private static final Given RETRY = new Given.Failed(Outcome.retry("no answer"));

    private final Deque<Given> answers = new ArrayDeque<>();
    private long now = Duration.ofHours(1).toNanos();
    private int calls;

    @Test
    void getsNoMoreTurnsASecondThanItCanTake() throws InterruptedException {
        Application limited = limited(10, 2);
        answers.addAll(List.of(TAKEN, TAKEN, TAKEN));

        assertThat(limited.give("1", TURN, TestTurns.FRESH)).isEqualTo(TAKEN);
        assertThat(limited.give("2", TURN, TestTurns.FRESH)).isEqualTo(TAKEN);
        assertThat(limited.give("3", TURN, TestTurns.FRESH)).isEqualTo(deferred(Duration.ofMillis(500)));
        now += Duration.ofMillis(500).toNanos();
        assertThat(limited.give("3", TURN, TestTurns.FRESH)).isEqualTo(TAKEN);
        assertThat(calls).isEqualTo(3);
    }

    @Test
    void isLeftInPeaceAfterFailuresInARowAndIsAskedOnceAfterThat() throws InterruptedException {
        Application limited = limited(10, 1_000);
        answers.addAll(List.of(RETRY, RETRY, RETRY, RETRY, TAKEN, TAKEN));
        for (int failure = 0; failure < 3; failure++) {
            assertThat(limited.give("1", TURN, TestTurns.FRESH)).isEqualTo(RETRY);
        }

        assertThat(limited.give("2", TURN, TestTurns.FRESH)).isEqualTo(deferred(Duration.ofSeconds(1)));
        now += Duration.ofSeconds(1).toNanos();
        assertThat(limited.give("2", TURN, TestTurns.FRESH)).isEqualTo(RETRY);
        assertThat(limited.give("3", TURN, TestTurns.FRESH)).isEqualTo(deferred(Duration.ofSeconds(2)));
        now += Duration.ofSeconds(2).toNanos();
        assertThat(limited.give("3", TURN, TestTurns.FRESH)).isEqualTo(TAKEN);
        assertThat(limited.give("4", TURN, TestTurns.FRESH)).isEqualTo(TAKEN);
        assertThat(calls).isEqualTo(6);
    }

    @Test
    void whatItRefusesIsNoFailure() throws InterruptedException {
        Application limited = limited(10, 1_000);
        Given refused = new Given.Failed(new Outcome.Reject("Destination echo answers 422"));
        Given paused = new Given.Failed(new Outcome.Pause(new PauseScope("destination", "echo"), "gone"));
        answers.addAll(List.of(refused, paused, refused, paused, TAKEN));

        for (int number = 0; number < 4; number++) {
            limited.give("1", TURN, TestTurns.FRESH);
        }

        assertThat(limited.give("2", TURN, TestTurns.FRESH)).isEqualTo(TAKEN);
    }

    @Test
    void getsNoMoreTurnsAtATimeThanItCanTake() throws Exception {
        CountDownLatch isCalled = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        Application limited = limited(
                (_, _, _) -> {
                    isCalled.countDown();
                    mayAnswer.await();
                    return TAKEN;
                },
                1,
                1_000);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Given> first = threads.submit(() -> limited.give("1", TURN, TestTurns.FRESH));
            isCalled.await();

            assertThat(limited.give("2", TURN, TestTurns.FRESH)).isEqualTo(deferred(Duration.ofMillis(100)));
            mayAnswer.countDown();
            assertThat(first.get()).isEqualTo(TAKEN);
        }
        assertThat(limited.give("2", TURN, TestTurns.FRESH)).isEqualTo(TAKEN);
    }

    private static Given deferred(Duration wait) {
        return new Given.Failed(new Outcome.Deferred(wait));
    }

    private Application limited(int parallel, int perSecond) {
        return limited(
                (_, _, _) -> {
                    calls++;
                    return answers.remove();
                },
                parallel,
                perSecond);
    }

    private Application limited(Application application, int parallel, int perSecond) {
        return new LimitedApplication(
                application,
                parallel,
                new TokenBucket(TokenBucket.Rate.perSecond(perSecond), () -> now),
                new Circuit(new CircuitPolicy(3, Duration.ofSeconds(1), Duration.ofMinutes(1))),
                () -> now);
    }
}
