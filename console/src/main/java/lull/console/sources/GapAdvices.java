package lull.console.sources;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import lull.console.sources.AdviceCalculator.Advice;
import lull.console.sources.AdviceCalculator.Question;
import lull.console.sources.AdviceCalculator.Unavailable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What other gaps would do, as pages show it. It is calculated in the background, one question at a
/// time, and kept for some minutes. Safe for several threads.
public final class GapAdvices implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GapAdvices.class);

    private static final Duration FRESH = Duration.ofMinutes(10);

    /// An answer of too few conversations: customers write on.
    private static final Duration TOO_FEW_FOR = Duration.ofSeconds(30);

    private static final Duration FAILED_FOR = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int MAX_KEPT = 50;

    private final AdviceCalculator calculator;
    private final SourceClient archive;
    private final InstantSource clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("console-advice").factory());
    private final Map<Question, Calculation> kept = new LinkedHashMap<>();

    /// State of an answer.
    ///
    /// @param advice the last one; absent if there is none yet
    /// @param progress what is done now, in words; empty if nothing is
    /// @param problem why there is no newer advice; empty if there is
    public record State(@Nullable Advice advice, String progress, String problem) {}

    private static final class Calculation {
        @Nullable
        Advice advice;

        String progress = "";
        String problem = "";
        Instant endedAt = Instant.EPOCH;
        boolean isRunning;

        Duration keptFor() {
            if (!problem.isEmpty()) {
                return FAILED_FOR;
            }
            return advice != null && advice.rows().isEmpty() ? TOO_FEW_FOR : FRESH;
        }

        State state() {
            return new State(advice, isRunning ? progress : "", problem);
        }
    }

    /// @param calculator calculates them
    /// @param archive whose conversations are used
    public GapAdvices(AdviceCalculator calculator, SourceClient archive, InstantSource clock) {
        this.calculator = calculator;
        this.archive = archive;
        this.clock = clock;
    }

    /// Returns the price of a chat message.
    public AdviceCalculator.Price price() {
        return calculator.price();
    }

    /// Returns what is known, and calculates it in the background if that is too old.
    ///
    /// @param patience how long to wait for it, if nothing is known yet
    public State of(Question question, Duration patience) throws InterruptedException {
        if (!archive.isConfigured()) {
            return new State(
                    null, "", "It is calculated from the archive: set console.archive.url and console.archive.token");
        }
        Instant until = clock.instant().plus(patience);
        synchronized (kept) {
            Calculation calculation = kept.computeIfAbsent(question, _ -> new Calculation());
            start(question, calculation);
            while (calculation.isRunning
                    && calculation.advice == null
                    && clock.instant().isBefore(until)) {
                kept.wait(Math.max(1, Duration.between(clock.instant(), until).toMillis()));
            }
            return calculation.state();
        }
    }

    private void start(Question question, Calculation calculation) {
        Duration age = Duration.between(calculation.endedAt, clock.instant());
        Duration keep = calculation.keptFor();
        if (calculation.isRunning || age.compareTo(keep) < 0) {
            return;
        }
        if (kept.size() > MAX_KEPT) {
            kept.values().removeIf(each -> !each.isRunning && each != calculation);
        }
        calculation.isRunning = true;
        calculation.problem = "";
        calculation.progress = "It begins when another calculation has ended";
        try {
            thread.execute(() -> calculate(question, calculation));
        } catch (RejectedExecutionException e) {
            end(calculation, null, "The console stops");
        }
    }

    private void calculate(Question question, Calculation calculation) {
        Instant until = clock.instant().plus(LIMIT);
        try {
            end(
                    calculation,
                    calculator.advise(
                            question,
                            (path, parameters) -> answer(path, parameters, until),
                            words -> progress(calculation, words)),
                    "");
        } catch (Unavailable e) {
            end(calculation, null, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(calculation, null, "The console stops");
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("What another gap would do could not be calculated");
            end(calculation, null, "It could not be calculated; the log of the console has the reason");
        }
    }

    private JsonNode answer(String path, Map<String, String> parameters, Instant until)
            throws Unavailable, InterruptedException {
        if (clock.instant().isAfter(until)) {
            throw new Unavailable("The archive has not sent its conversations within " + LIMIT.toSeconds()
                    + " s: use bin/lull gap advise, which has more time");
        }
        return switch (archive.get(path, parameters)) {
            case Answer.Known(JsonNode body) -> body;
            case Answer.Refused(int status, String reason, var _) ->
                throw new Unavailable(
                        status == 404 && reason.startsWith("There is nothing")
                                ? "The archive is of an older version of Lull"
                                : reason);
            case Answer.Unknown(String reason) -> throw new Unavailable(reason);
        };
    }

    private void progress(Calculation calculation, String words) {
        synchronized (kept) {
            calculation.progress = words;
        }
    }

    private void end(Calculation calculation, @Nullable Advice advice, String problem) {
        synchronized (kept) {
            calculation.isRunning = false;
            calculation.endedAt = clock.instant();
            calculation.advice = advice == null ? calculation.advice : advice;
            calculation.problem = problem;
            kept.notifyAll();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
