package lull.lanes;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Metrics of one flow.
public interface FlowMetrics {

    /// Records that a record was handled: done, later, refused, paused, lost or failed.
    void handled(String outcome, Duration took);

    /// Counts a record that was skipped because a restored range shows that it was finished before.
    void skipped();

    /// Counts a failed commit of offsets, which will be retried.
    void commitFailed();

    /// Counts a failed round of the poll loop, which will be retried.
    void pollFailed();

    /// Counts records of a partition that is not known to be assigned to this process.
    void unwanted(int records);

    /// Reports the pauses in force after a change.
    void paused(List<PausedScope> scopes);

    /// The scope of a pause, in the words of tags.
    record PausedScope(String kind, String name) {}

    /// Registers a value for as long as its owner lives.
    <T> void show(String name, String description, T owner, ToDoubleFunction<T> value);
}
