package lull.lanes;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Partitions that this process has now, with the running records of them and of former ones, and the
/// offsets that may be committed. Not thread-safe.
final class Assignments {

    private final Map<TopicPartition, Assignment> present = new HashMap<>();

    /// Former assignments of which records are still running.
    private final Set<Assignment> former = new HashSet<>();

    private long lastNumber;

    /// Adds a partition, which continues at its commit, if there is one.
    void add(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        OffsetTracker tracker = committed == null ? OffsetTracker.fresh() : OffsetTracker.restore(committed);
        present.put(partition, new Assignment(partition, ++lastNumber, tracker));
    }

    Optional<Assignment> get(TopicPartition partition) {
        return Optional.ofNullable(present.get(partition));
    }

    /// Removes a partition.
    void lose(TopicPartition partition) {
        Assignment assignment = present.remove(partition);
        if (assignment != null) {
            assignment.lose();
            if (assignment.isRunning()) {
                former.add(assignment);
            }
        }
    }

    Collection<Assignment> present() {
        return List.copyOf(present.values());
    }

    /// Returns the current partitions.
    Held held() {
        return new Held(
                present.values().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                assignment -> assignment.partition().partition(), Assignment::number)),
                lastNumber);
    }

    /// The number of unfinished records that are not kept in memory.
    int shed() {
        return present.values().stream()
                .mapToInt(assignment -> assignment.tracker().shed())
                .sum();
    }

    void started(Assignment assignment) {
        assignment.started();
    }

    void ended(Assignment assignment) {
        assignment.ended();
        if (assignment.isLost() && !assignment.isRunning()) {
            former.remove(assignment);
        }
    }

    /// Whether any record of these partitions is running.
    boolean runs(Collection<TopicPartition> partitions) {
        return Stream.concat(present.values().stream(), former.stream())
                .anyMatch(assignment -> assignment.isRunning() && partitions.contains(assignment.partition()));
    }

    /// Returns what may be committed, for every partition.
    Map<TopicPartition, OffsetAndMetadata> commits() {
        return commits(_ -> true);
    }

    /// Returns what may be committed and was not returned by an earlier call.
    Map<TopicPartition, OffsetAndMetadata> takeCommits() {
        Map<TopicPartition, OffsetAndMetadata> commits = commits(OffsetTracker::changed);
        commits.keySet()
                .forEach(partition ->
                        get(partition).ifPresent(taken -> taken.tracker().committed()));
        return commits;
    }

    /// Reports that the commit of a partition has failed: the next [#takeCommits()] returns it again.
    void notCommitted(TopicPartition partition) {
        get(partition).ifPresent(assignment -> assignment.tracker().notCommitted());
    }

    private Map<TopicPartition, OffsetAndMetadata> commits(Predicate<OffsetTracker> which) {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        present.forEach((partition, assignment) -> {
            if (which.test(assignment.tracker())) {
                assignment
                        .tracker()
                        .commit(LaneOptions.MAX_METADATA_CHARACTERS)
                        .ifPresent(commit -> commits.put(partition, commit));
            }
        });
        return commits;
    }
}
