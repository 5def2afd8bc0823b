package lull.lanes;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lull.runtime.Unavailable;
import lull.runtime.log.FailurePlace;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/// Records of a flow whose handling has failed unexpectedly, and how often each has. A record is
/// removed when it is finished, or when this process loses its partition. Safe for several threads.
final class UnexpectedFailures {

    private final Map<Position, Failure> failing = new ConcurrentHashMap<>();

    private record Position(TopicPartition partition, long assignment, long offset) {

        static Position of(QueuedRecord queued) {
            return new Position(
                    queued.assignment().partition(),
                    queued.assignment().number(),
                    queued.record().offset());
        }
    }

    private record Failure(int times, String cause) {}

    /// Counts a failure; returns how often the record has failed in this way. An unavailable system
    /// counts as 0, because that may last long and says nothing about the record.
    int add(QueuedRecord queued, Throwable failure) {
        return isUnavailable(failure)
                ? 0
                : failing.merge(
                                Position.of(queued),
                                new Failure(1, FailurePlace.of(failure)),
                                (before, now) -> new Failure(before.times() + 1, now.cause()))
                        .times();
    }

    void over(QueuedRecord queued) {
        failing.remove(Position.of(queued));
    }

    void drop(TopicPartition partition) {
        failing.keySet().removeIf(position -> position.partition().equals(partition));
    }

    List<FailingRecord> now() {
        return failing.entrySet().stream()
                .map(one -> new FailingRecord(
                        one.getKey().partition() + "@" + one.getKey().offset(),
                        one.getValue().cause() + ", " + one.getValue().times() + " times so far"))
                .sorted((a, b) -> a.place().compareTo(b.place()))
                .toList();
    }

    private static boolean isUnavailable(Throwable failure) {
        return failure instanceof Unavailable
                || failure instanceof RetriableException
                || failure instanceof OutOfMemoryError
                || (failure instanceof UncheckedIOException io && !(io.getCause() instanceof JsonProcessingException));
    }
}
