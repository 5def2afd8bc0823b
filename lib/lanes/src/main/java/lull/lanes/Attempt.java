package lull.lanes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.DeadLetterReason;
import lull.runtime.log.FailurePlace;
import lull.runtime.log.LogLimit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;
import org.slf4j.spi.LoggingEventBuilder;

/// Attempt at a record: reads it, passes it to the handler, and writes the dead letter if it is
/// rejected. Every result, also a failure, is an outcome. Unexpected failures are retried a bounded
/// number of times.
final class Attempt<V> {

    private static final Logger log = LoggerFactory.getLogger(Attempt.class);

    /// A record that waits is logged after this many attempts.
    private static final int ATTEMPTS_UNTOLD = 2;

    private final ValueReader<V> reader;
    private final Handler<V> handler;
    private final DeadLetters deadLetters;
    private final FlowMetrics metrics;
    private final int maxFailures;
    private final UnexpectedFailures failures = new UnexpectedFailures();
    private final LogLimit retries = new LogLimit(log, System::nanoTime);

    /// @param maxFailures how often a record may fail unexpectedly before it becomes a dead letter
    Attempt(ValueReader<V> reader, Handler<V> handler, DeadLetters deadLetters, int maxFailures, FlowMetrics metrics) {
        this.maxFailures = maxFailures;
        this.reader = reader;
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    Outcome at(QueuedRecord queued, Fence fence) {
        long start = System.nanoTime();
        String word = "failed";
        Incoming<V> incoming = null;
        try {
            Read<V> read = read(queued.record());
            V value = read.value();
            incoming = value == null ? null : incoming(queued, value);
            Outcome outcome = incoming == null ? new Outcome.Reject(read.problem()) : handler.handle(incoming, fence);
            if (outcome instanceof Outcome.Reject(String reason)) {
                bury(queued, value == null ? DeadLetterReason.UNREADABLE : DeadLetterReason.REFUSED, reason, fence);
            }
            if (outcome instanceof Outcome.Reject || outcome instanceof Outcome.Done) {
                failures.over(queued);
            }
            tellWhyNot(queued, outcome);
            word = word(outcome);
            return outcome;
        } catch (LaneLost e) {
            word = "lost";
            return Outcome.retry(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.retry("interrupted");
        } catch (Throwable e) {
            // A mistake in a handler must neither lose the record nor hold its slot forever.
            Outcome outcome = failed(queued, incoming, e, fence);
            word = outcome instanceof Outcome.Reject ? "given_up" : word;
            return outcome;
        } finally {
            metrics.handled(word, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /// Returns the records that fail unexpectedly and are retried.
    List<FailingRecord> failing() {
        return failures.now();
    }

    /// Forgets the failures of a partition.
    void drop(TopicPartition partition) {
        failures.drop(partition);
    }

    private Outcome failed(QueuedRecord queued, @Nullable Incoming<V> incoming, Throwable e, Fence fence) {
        int times = failures.add(queued, e);
        facts(queued)
                .addKeyValue("error", FailurePlace.withCauses(e))
                .log(
                        times == 0
                                ? "Failed; the record is retried"
                                : times < maxFailures
                                        ? "Failed unexpectedly; the record is retried"
                                        : "Failed unexpectedly too often; the record becomes a dead letter");
        if (times < maxFailures) {
            return Outcome.retry(e.getClass().getSimpleName());
        }
        String reason = "Handling failed unexpectedly " + times + " times: " + FailurePlace.of(e);
        try {
            fence.check();
            if (incoming != null) {
                tellGivenUp(queued, incoming, fence);
            }
            bury(queued, DeadLetterReason.UNEXPECTED, reason, fence);
            failures.over(queued);
            return new Outcome.Reject(reason);
        } catch (LaneLost lost) {
            return Outcome.retry(String.valueOf(lost.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Outcome.retry("interrupted");
        } catch (RuntimeException notWritten) {
            facts(queued)
                    .addKeyValue("error", notWritten.getClass().getName())
                    .log("The dead letter cannot be written; the record is retried");
            return Outcome.retry("The dead letter cannot be written");
        }
    }

    /// The record becomes a dead letter even if this notification fails.
    private void tellGivenUp(QueuedRecord queued, Incoming<V> incoming, Fence fence) throws InterruptedException {
        try {
            handler.givenUp(incoming, fence);
        } catch (LaneLost e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            facts(queued)
                    .addKeyValue("error", e.getClass().getName())
                    .log("The agent cannot be notified of a dead letter");
        }
    }

    private void bury(QueuedRecord queued, DeadLetterReason why, String reason, Fence fence) {
        fence.check();
        deadLetters.write(queued.record(), why, reason);
        facts(queued)
                .addKeyValue("reason", why.word())
                .addKeyValue("error", reason)
                .log("Refused; the record is now a dead letter");
    }

    /// A value, or the reason why there is none.
    private record Read<V>(@Nullable V value, String problem) {}

    private Read<V> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return new Read<>(reader.read(record), "");
        } catch (UnreadableJson e) {
            return new Read<>(null, String.valueOf(e.getMessage()));
        }
    }

    private Incoming<V> incoming(QueuedRecord queued, V value) {
        return new Incoming<>(
                queued.record().partition(),
                queued.record().offset(),
                queued.assignment().number(),
                queued.key(),
                value,
                Instant.ofEpochMilli(queued.record().timestamp()),
                queued.attempt(),
                Replay.of(queued.record().headers()).orElse(null));
    }

    /// Logs a reason only if it persists: short failures would only fill the log, and so would many
    /// conversations that wait for the same thing.
    private void tellWhyNot(QueuedRecord queued, Outcome outcome) {
        if (outcome instanceof Outcome.Retry later && queued.attempt() >= ATTEMPTS_UNTOLD) {
            ConsumerRecord<byte[], byte[]> record = queued.record();
            retries.warn(
                    "Not handled yet; the record is retried",
                    new KeyValuePair("topic", record.topic()),
                    new KeyValuePair("partition", record.partition()),
                    new KeyValuePair("offset", record.offset()),
                    new KeyValuePair("attempt", queued.attempt()),
                    new KeyValuePair("error", later.reason()));
        }
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done() -> "done";
            case Outcome.Retry later -> "later";
            case Outcome.Deferred wait -> "waits";
            case Outcome.AwaitNext next -> "waits";
            case Outcome.Reject refused -> "refused";
            case Outcome.Pause pause -> "paused";
        };
    }

    private static LoggingEventBuilder facts(QueuedRecord queued) {
        return log.atWarn()
                .addKeyValue("topic", queued.record().topic())
                .addKeyValue("partition", queued.record().partition())
                .addKeyValue("offset", queued.record().offset())
                .addKeyValue("attempt", queued.attempt());
    }
}
