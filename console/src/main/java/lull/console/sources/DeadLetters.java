package lull.console.sources;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import lull.console.sources.DeadLetterPort.Filter;
import lull.console.sources.DeadLetterPort.Found;
import lull.console.sources.DeadLetterPort.Letter;
import lull.console.sources.DeadLetterPort.Result;
import lull.console.sources.DeadLetterPort.Trial;
import lull.console.sources.DeadLetterPort.Unavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The dead letters as pages show them: every call ends within a limit, and their number is counted from time to
/// time. Safe for several threads.
public final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private static final Duration READ_LIMIT = Duration.ofSeconds(10);
    private static final Duration CHANGE_LIMIT = Duration.ofSeconds(25);
    private static final String NONE =
            "The console has no access to Kafka: set kafka.bootstrap.servers for it, with the"
                    + " rights that docs/acls.md lists for `lull dlq`";

    private final Optional<DeadLetterPort> port;
    private final InstantSource clock;
    private final AtomicReference<Count> count = new AtomicReference<>(new Count(-1, Instant.EPOCH, "not counted yet"));

    /// Number of dead letters with which nothing was done.
    ///
    /// @param letters -1 if it is unknown
    /// @param at when they were counted
    /// @param problem why it is unknown; empty if it is known
    public record Count(int letters, Instant at, String problem) {

        public boolean isKnown() {
            return letters >= 0;
        }
    }

    /// Result of a call, or why there is none.
    ///
    /// @param value empty if there is none
    /// @param problem in a sentence, with what to do; empty if there is a value
    public record Outcome<T>(Optional<T> value, String problem) {}

    /// @param port empty if Kafka is not configured
    public DeadLetters(Optional<DeadLetterPort> port, InstantSource clock) {
        this.port = port;
        this.clock = clock;
        if (port.isEmpty()) {
            count.set(new Count(-1, Instant.EPOCH, NONE));
        }
    }

    /// Call of the port.
    @FunctionalInterface
    private interface Call<T> {
        T to(DeadLetterPort port) throws Unavailable, InterruptedException;
    }

    /// Returns their number as it was counted last.
    public Count counted() {
        return count.get();
    }

    /// Counts them.
    public void count() throws InterruptedException {
        if (port.isPresent()) {
            Outcome<Found> found = find(new Filter(Set.of(), null, null, null, null, null, false), "", 0);
            count.set(new Count(found.value().map(Found::count).orElse(-1), clock.instant(), found.problem()));
        }
    }

    /// Returns a page of dead letters.
    ///
    /// @param after where it begins, as the page before said it; empty: the first page
    public Outcome<Found> find(Filter filter, String after, int max) throws InterruptedException {
        return call(READ_LIMIT, it -> it.find(filter, after, max));
    }

    /// Tries what sending dead letters again would do.
    public Outcome<Trial> dryRun(Filter filter) throws InterruptedException {
        return call(CHANGE_LIMIT, it -> it.dryRun(filter));
    }

    /// Returns the value of a dead letter as text.
    public Outcome<String> value(String id) throws InterruptedException {
        return call(READ_LIMIT, it -> it.value(id));
    }

    /// Sends dead letters again.
    public Outcome<Result> replay(Filter filter, String by) throws InterruptedException {
        Outcome<Result> result = call(CHANGE_LIMIT, it -> it.replay(filter, by));
        count();
        return result;
    }

    /// Records that nothing is to be done with dead letters.
    public Outcome<Result> discard(Filter filter, String by, String why) throws InterruptedException {
        Outcome<Result> result = call(CHANGE_LIMIT, it -> it.discard(filter, by, why));
        count();
        return result;
    }

    /// Returns a dead letter; no value if there is none with this id.
    public Outcome<Letter> one(String id) throws InterruptedException {
        Outcome<Found> found = find(Filter.ofIds(Set.of(id)), "", 1);
        return new Outcome<>(
                found.value().flatMap(letters -> letters.letters().stream().findFirst()), found.problem());
    }

    private <T> Outcome<T> call(Duration limit, Call<T> call) throws InterruptedException {
        if (port.isEmpty()) {
            return new Outcome<>(Optional.empty(), NONE);
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().name("console-dead-letters").start(() -> {
            try {
                answer.complete(call.to(port.orElseThrow()));
            } catch (Unavailable | InterruptedException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return new Outcome<>(Optional.of(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS)), "");
        } catch (TimeoutException e) {
            thread.interrupt();
            return new Outcome<>(
                    Optional.empty(),
                    "Kafka did not answer within " + limit.toSeconds()
                            + " s: check the brokers, and read the list again");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Unavailable unavailable) {
                return new Outcome<>(Optional.empty(), String.valueOf(unavailable.getMessage()));
            }
            log.atWarn().setCause(cause).log("The dead letters could not be read or changed");
            return new Outcome<>(
                    Optional.empty(),
                    "The dead letters could not be read or changed; the log of the console has the reason");
        }
    }
}
