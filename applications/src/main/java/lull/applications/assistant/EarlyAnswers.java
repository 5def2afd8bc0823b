package lull.applications.assistant;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Answers of a language model that were begun before their turns have ended. Each conversation has at most one. It is
/// used if the turn ends as it was expected to, and thrown away otherwise. Nothing of it is kept over a restart: then
/// the model is asked again. Safe for several threads.
final class EarlyAnswers {

    /// After this time a turn does not end as expected any more, or in another process.
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    /// Above this number no more are begun.
    private static final int MOST = 10_000;

    private final InstantSource clock;
    private final AssistantMetrics metrics;
    private final Consumer<Completion> thrownAway;

    /// By conversation, those that were begun first at first; guarded by this object.
    private final Map<String, Begun> begun = new LinkedHashMap<>();

    /// What the model answered, and how long it took.
    record Timed(Completion completion, Duration duration) {}

    /// Call of the model.
    @FunctionalInterface
    interface Call {
        Timed call() throws InterruptedException;
    }

    private record Begun(String question, Instant at, Thread thread, CompletableFuture<Timed> answer) {}

    /// @param thrownAway is told of each answer that is not used, because it has its price
    EarlyAnswers(InstantSource clock, AssistantMetrics metrics, Consumer<Completion> thrownAway) {
        this.clock = clock;
        this.metrics = metrics;
        this.thrownAway = thrownAway;
    }

    /// Asks the model, unless it was asked the same already. Blocks until it has answered, or until something
    /// else is asked in the conversation.
    ///
    /// @param question the same for what is asked in the same way
    void begin(String conversation, String question, Call call) {
        Begun mine = new Begun(question, clock.instant(), Thread.currentThread(), new CompletableFuture<>());
        if (!isNew(conversation, mine)) {
            return;
        }
        try {
            mine.answer().complete(call.call());
        } catch (InterruptedException e) {
            // Something else is asked, or the process stops.
            mine.answer().cancel(false);
        } catch (RuntimeException e) {
            mine.answer().completeExceptionally(e);
            throw e;
        }
    }

    /// Returns the answer to a question that was begun, as soon as it is there; empty if none was, or the model failed.
    ///
    /// @param limit how long it may take
    Optional<Timed> take(String conversation, String question, Duration limit) throws InterruptedException {
        Begun taken = remove(conversation);
        if (taken == null) {
            return Optional.empty();
        }
        if (!taken.question().equals(question)) {
            throwAway(taken);
            return Optional.empty();
        }
        Instant asked = clock.instant();
        try {
            Timed answer = taken.answer().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.completion() instanceof Completion.Written) {
                Duration earlier = Duration.between(taken.at(), asked);
                metrics.early("used");
                metrics.saved(earlier.compareTo(answer.duration()) < 0 ? earlier : answer.duration());
                return Optional.of(answer);
            }
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            taken.thread().interrupt();
        }
        metrics.early("failed");
        return Optional.empty();
    }

    private synchronized boolean isNew(String conversation, Begun mine) {
        forget(mine.at().minus(FORGOTTEN));
        Begun before = begun.get(conversation);
        if (before != null && before.question().equals(mine.question())) {
            return false;
        }
        if (before == null && begun.size() >= MOST) {
            return false;
        }
        if (before != null) {
            begun.remove(conversation);
            throwAway(before);
        }
        begun.put(conversation, mine);
        return true;
    }

    private synchronized @Nullable Begun remove(String conversation) {
        return begun.remove(conversation);
    }

    private void forget(Instant oldest) {
        for (Iterator<Begun> all = begun.values().iterator(); all.hasNext(); ) {
            Begun each = all.next();
            if (!each.at().isBefore(oldest)) {
                return;
            }
            all.remove();
            throwAway(each);
        }
    }

    private void throwAway(Begun unused) {
        metrics.early("thrown_away");
        CompletableFuture<Void> _ = unused.answer().thenAccept(answer -> thrownAway.accept(answer.completion()));
        if (!unused.answer().isDone()) {
            unused.thread().interrupt();
        }
    }
}
