package lull.console.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import lull.console.sources.AdviceCalculator.Advice;
import lull.console.sources.AdviceCalculator.Question;
import lull.console.sources.AdviceCalculator.Unavailable;
import lull.console.sources.GapAdvices.State;
import lull.runtime.http.BoundedHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GapAdvicesTest {

    private static final Question QUESTION = new Question("1", Duration.ofSeconds(5), null);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration NO_PATIENCE = Duration.ZERO;

    private final BoundedHttpClient client = new BoundedHttpClient(Duration.ofSeconds(1));

    /// The time of the test is that of the machine, and moves on when the test says so.
    private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);

    private final InstantSource clock = () -> Instant.now().plus(later.get());

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void calculatesOnceForAllPagesOfSomeMinutes() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (GapAdvices advices = advices((_, _, _) -> advice(calls.incrementAndGet()))) {
            assertThat(messages(advices.of(QUESTION, PATIENCE))).isEqualTo(1);
            assertThat(messages(advices.of(QUESTION, PATIENCE))).isEqualTo(1);
            assertThat(messages(advices.of(new Question("2", null, null), PATIENCE)))
                    .isEqualTo(2);

            later.set(Duration.ofMinutes(11));

            State old = advices.of(QUESTION, PATIENCE);
            assertThat(messages(old))
                    .as("the old one until there is a newer one")
                    .isIn(1L, 3L);
            await().atMost(PATIENCE).until(() -> messages(advices.of(QUESTION, NO_PATIENCE)) == 3);
        }
    }

    @Test
    void showsWhatIsDoneWhileItIsCalculatedAndNeverTwiceAtATime() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        try (GapAdvices advices = advices((_, _, progress) -> {
            progress.accept("half is done");
            started.countDown();
            go.await();
            return advice(calls.incrementAndGet());
        })) {
            assertThat(advices.of(QUESTION, NO_PATIENCE).advice()).isNull();
            started.await();

            State running = advices.of(QUESTION, NO_PATIENCE);
            assertThat(running.progress()).isEqualTo("half is done");
            assertThat(running.advice()).isNull();
            assertThat(advices.of(new Question("2", null, null), NO_PATIENCE).progress())
                    .isEqualTo("It begins when another calculation has ended");

            go.countDown();
            assertThat(messages(advices.of(QUESTION, PATIENCE))).isEqualTo(1);
            assertThat(advices.of(QUESTION, PATIENCE).progress()).isEmpty();
        }
    }

    @Test
    void saysWhyItIsNotKnownAndTriesAgainLater() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (GapAdvices advices = advices((_, archive, _) -> {
            if (calls.incrementAndGet() == 1) {
                archive.get("/timelines", Map.of());
            }
            return advice(calls.get());
        })) {
            State failed = advices.of(QUESTION, PATIENCE);
            assertThat(failed.problem()).contains("The archive at", "does not answer");
            assertThat(failed.advice()).isNull();
            advices.of(QUESTION, PATIENCE);
            assertThat(calls).hasValue(1);

            later.set(Duration.ofMinutes(1));

            assertThat(messages(advices.of(QUESTION, PATIENCE))).isEqualTo(2);
            assertThat(advices.of(QUESTION, PATIENCE).problem()).isEmpty();
        }
    }

    @Test
    void endsWhenTheArchiveTakesTooLong() throws Exception {
        try (GapAdvices advices = advices((_, archive, _) -> {
            later.set(Duration.ofMinutes(3));
            archive.get("/timelines", Map.of());
            throw new Unavailable("not reached");
        })) {
            // The wait of a page ends with the time of the test too.
            await().atMost(PATIENCE)
                    .until(() -> advices.of(QUESTION, PATIENCE).problem().contains("within 120 s"));
        }
    }

    @Test
    void asksAgainSoonIfThereWereTooFewConversations() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (GapAdvices advices = advices((_, _, _) -> tooFew(calls.incrementAndGet()))) {
            advices.of(QUESTION, PATIENCE);
            later.set(Duration.ofSeconds(20));
            advices.of(QUESTION, PATIENCE);
            assertThat(calls).hasValue(1);

            later.set(Duration.ofSeconds(60));

            await().atMost(PATIENCE).until(() -> messages(advices.of(QUESTION, NO_PATIENCE)) == 2);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PT40S    | 1 min   | Calculated from 1 min: day and night are not in it, so a month may have many times more or fewer messages.
            PT40M    | 40 min  | Calculated from 40 min: day and night are not in it
            PT23H59M | 23 h    | Calculated from 23 h: day and night are not in it
            PT24H    | 24 h    | Calculated from 24 h: the days of a week differ
            PT167H   | 6 days  | Calculated from 6 days: the days of a week differ
            """)
    void warnsOfATimeThatIsNoWeek(Duration period, String words, String warning) {
        assertThat(AdvicePeriod.words(period)).isEqualTo(words);
        assertThat(AdvicePeriod.warning(period)).startsWith(warning);
    }

    @Test
    void warnsOfNoWholeWeek() {
        assertThat(AdvicePeriod.warning(Duration.ofDays(7))).isEmpty();
        assertThat(AdvicePeriod.words(Duration.ofDays(7))).isEqualTo("7 days");
    }

    @Test
    void needsAnArchive() throws Exception {
        try (GapAdvices advices =
                new GapAdvices(calculator((_, _, _) -> advice(1)), archive(Optional.empty()), clock)) {
            assertThat(advices.of(QUESTION, PATIENCE).problem()).contains("console.archive.url");
        }
    }

    /// The calculation as a function.
    @FunctionalInterface
    private interface Calculation {
        Advice advise(Question question, ArchiveApi archive, Consumer<String> progress)
                throws Unavailable, InterruptedException;
    }

    private static AdviceCalculator calculator(Calculation calculation) {
        return new AdviceCalculator() {
            @Override
            public Price price() {
                return new Price(0.01, "USD", "of a test");
            }

            @Override
            public Advice advise(Question question, ArchiveApi archive, Consumer<String> progress)
                    throws Unavailable, InterruptedException {
                return calculation.advise(question, archive, progress);
            }
        };
    }

    private GapAdvices advices(Calculation calculation) {
        return new GapAdvices(calculator(calculation), archive(Optional.of(URI.create("http://127.0.0.1:1"))), clock);
    }

    private SourceClient archive(Optional<URI> url) {
        return new SourceClient(
                new SourceClient.Target("archive", "console.archive", url, Optional.of("token"), false),
                client,
                Duration.ofSeconds(1),
                clock);
    }

    private static long messages(State state) {
        Advice advice = state.advice();
        return advice == null ? 0 : advice.messages();
    }

    private static Advice tooFew(int number) {
        return advice(number, List.of());
    }

    private static Advice advice(int number) {
        return advice(number, List.of(new AdviceCalculator.Row("fixed", "5s", 5, true, 1, 0, 1, 0, 0.5, 0, 5, 0)));
    }

    private static Advice advice(int number, List<AdviceCalculator.Row> rows) {
        return new Advice(Instant.EPOCH, Duration.ofDays(1), 1, 1, number, 1, 1, 30, 0.01, "USD", "of a test", rows);
    }
}
