package lull.bridge.lane;

import java.time.Duration;
import java.time.Instant;
import lull.bridge.metric.FlowMetrics;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.DeadLetterReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// One attempt at a record: read it, let the handler have it, and write the dead letter where it is refused.
/// Whatever happens is an outcome.
final class Attempt<V> {

    private static final Logger log = LoggerFactory.getLogger(Attempt.class);

    /// After so many attempts a record that waits is told of.
    private static final int ATTEMPTS_UNTOLD = 2;

    private final ValueReader<V> reader;
    private final Handler<V> handler;
    private final DeadLetters deadLetters;
    private final FlowMetrics metrics;

    Attempt(ValueReader<V> reader, Handler<V> handler, DeadLetters deadLetters, FlowMetrics metrics) {
        this.reader = reader;
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    Outcome at(Queued queued, Fence fence) {
        long start = System.nanoTime();
        String word = "failed";
        try {
            Read<V> read = read(queued.record().value());
            V value = read.value();
            Outcome outcome = value == null ? new Outcome.Refused(read.problem()) : handle(queued, value, fence);
            if (outcome instanceof Outcome.Refused(String reason)) {
                fence.check();
                DeadLetterReason why = value == null ? DeadLetterReason.UNREADABLE : DeadLetterReason.REFUSED;
                deadLetters.write(queued.record(), why, reason);
                facts(queued)
                        .addKeyValue("reason", why.word())
                        .addKeyValue("error", reason)
                        .log("Refused, now a dead letter");
            }
            tellWhyNot(queued, outcome);
            word = word(outcome);
            return outcome;
        } catch (LaneLost e) {
            word = "lost";
            return Outcome.later(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.later("interrupted");
        } catch (Throwable e) {
            // A record must neither be lost nor keep its slot for ever because of a mistake in a handler.
            facts(queued)
                    .addKeyValue("error", e.getClass().getName())
                    .setCause(e)
                    .log("Failed, will be tried again");
            return Outcome.later(e.getClass().getSimpleName());
        } finally {
            metrics.handled(word, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /// A value, or why there is none.
    private record Read<V>(@Nullable V value, String problem) {}

    private Read<V> read(byte @Nullable [] bytes) {
        if (bytes == null) {
            return new Read<>(null, "The record has no value");
        }
        try {
            return new Read<>(reader.read(bytes), "");
        } catch (UnreadableJson e) {
            return new Read<>(null, String.valueOf(e.getMessage()));
        }
    }

    private Outcome handle(Queued queued, V value, Fence fence) throws InterruptedException {
        return handler.handle(
                new Incoming<>(
                        queued.record().partition(),
                        queued.record().offset(),
                        queued.assignment().number(),
                        queued.key(),
                        value,
                        Instant.ofEpochMilli(queued.record().timestamp()),
                        queued.attempt()),
                fence);
    }

    /// Reasons are told when they stay; those that pass at once would only fill the log.
    private static void tellWhyNot(Queued queued, Outcome outcome) {
        if (outcome instanceof Outcome.Later later && queued.attempt() >= ATTEMPTS_UNTOLD) {
            facts(queued).addKeyValue("error", later.reason()).log("Not yet, will be tried again");
        }
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done() -> "done";
            case Outcome.Later later -> "later";
            case Outcome.Wait wait -> "waits";
            case Outcome.Refused refused -> "refused";
            case Outcome.Pause pause -> "paused";
        };
    }

    private static LoggingEventBuilder facts(Queued queued) {
        return log.atWarn()
                .addKeyValue("topic", queued.record().topic())
                .addKeyValue("partition", queued.record().partition())
                .addKeyValue("offset", queued.record().offset())
                .addKeyValue("attempt", queued.attempt());
    }
}
