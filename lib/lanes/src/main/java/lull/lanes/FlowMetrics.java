package lull.lanes;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Metrics of one flow.
public interface FlowMetrics {

    /// A record's handling has ended: done, later, refused, paused, lost or failed.
    void handled(String outcome, Duration took);

    /// A restored range has spared a record that was finished before.
    void skipped();

    /// A commit of offsets has failed and will be made again.
    void commitFailed();

    /// A round of the poll loop has failed and will be made again.
    void pollFailed();

    /// Records came of a partition that is not known to be this process's.
    void unwanted(int records);

    /// The pauses in force have changed.
    void paused(List<PausedScope> scopes);

    /// What a pause stops, in the words of tags.
    record PausedScope(String kind, String name) {}

    /// Shows a value for as long as its owner lives.
    <T> void show(String name, String description, T owner, ToDoubleFunction<T> value);
}
