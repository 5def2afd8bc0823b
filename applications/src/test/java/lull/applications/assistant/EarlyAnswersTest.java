package lull.applications.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lull.applications.assistant.EarlyAnswers.Timed;
import org.junit.jupiter.api.Test;

final class EarlyAnswersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Timed ANSWER = new Timed(new Completion.Written("{}", "model", 10, 1), Duration.ofSeconds(3));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Completion> thrownAway = Collections.synchronizedList(new ArrayList<>());
    private volatile Instant now = START;
    private final EarlyAnswers answers =
            new EarlyAnswers(() -> now, new AssistantMetrics(registry, "helper"), thrownAway::add);

    @Test
    void isUsedIfTheSameIsAsked() throws Exception {
        answers.begin("ana", "hello", () -> ANSWER);
        now = START.plusSeconds(2);

        assertThat(answers.take("ana", "hello", PATIENCE)).contains(ANSWER);
        assertThat(answers.take("ana", "hello", PATIENCE)).as("only once").isEmpty();
        assertThat(count("used")).isOne();
        assertThat(saved()).isEqualTo(2_000.0);
    }

    @Test
    void savesNoMoreThanTheCallTakes() throws Exception {
        answers.begin("ana", "hello", () -> ANSWER);
        now = START.plusSeconds(10);

        answers.take("ana", "hello", PATIENCE);
        assertThat(saved()).isEqualTo(3_000.0);
    }

    @Test
    void isAwaitedIfItIsNotThereYet() throws Exception {
        CountDownLatch model = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Thread.startVirtualThread(() -> answers.begin("ana", "hello", () -> {
            asked.countDown();
            model.await();
            return ANSWER;
        }));
        asked.await();
        Thread.startVirtualThread(model::countDown);

        assertThat(answers.take("ana", "hello", PATIENCE)).contains(ANSWER);
    }

    @Test
    void isThrownAwayIfSomethingElseIsAskedAndItsPriceCounts() throws Exception {
        answers.begin("ana", "hello", () -> ANSWER);
        assertThat(answers.take("ana", "hello you", PATIENCE)).isEmpty();
        assertThat(thrownAway).containsExactly(ANSWER.completion());

        answers.begin("ana", "one", () -> ANSWER);
        answers.begin("ana", "two", () -> ANSWER);
        assertThat(thrownAway).hasSize(2);
        assertThat(answers.take("ana", "two", PATIENCE)).contains(ANSWER);
        assertThat(count("thrown_away")).isEqualTo(2);
    }

    @Test
    void aCallThatIsNotNeededAnyMoreIsEnded() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Thread call = Thread.startVirtualThread(() -> answers.begin("ana", "hello", () -> {
            asked.countDown();
            new CountDownLatch(1).await();
            return ANSWER;
        }));
        asked.await();

        answers.begin("ana", "hello you", () -> ANSWER);
        call.join();
        assertThat(thrownAway).isEmpty();
        assertThat(answers.take("ana", "hello you", PATIENCE)).contains(ANSWER);
    }

    @Test
    void theSameIsAskedOnce() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            answers.begin("ana", "hello", () -> {
                calls.incrementAndGet();
                return ANSWER;
            });
        }

        assertThat(calls).hasValue(1);
    }

    @Test
    void aModelThatFailsOrIsTooSlowIsAskedAgain() throws Exception {
        answers.begin("ana", "hello", () -> new Timed(new Completion.Retry(Duration.ZERO, "busy"), Duration.ZERO));
        assertThat(answers.take("ana", "hello", PATIENCE)).isEmpty();

        CountDownLatch asked = new CountDownLatch(1);
        Thread slow = Thread.startVirtualThread(() -> answers.begin("ana", "hello", () -> {
            asked.countDown();
            new CountDownLatch(1).await();
            return ANSWER;
        }));
        asked.await();
        assertThat(answers.take("ana", "hello", Duration.ofMillis(50))).isEmpty();
        slow.join();
        assertThat(count("failed")).isEqualTo(2);
    }

    @Test
    void whatNobodyTakesIsForgotten() {
        answers.begin("ana", "hello", () -> ANSWER);
        now = START.plus(Duration.ofMinutes(11));
        answers.begin("bob", "hello", () -> ANSWER);

        await().atMost(PATIENCE).until(() -> thrownAway.size() == 1);
    }

    private double count(String outcome) {
        return registry.get("lull.assistant.early")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private double saved() {
        return registry.get("lull.assistant.early.saved").timer().totalTime(TimeUnit.MILLISECONDS);
    }
}
