package lull.bench.peer;

import lull.runtime.Lifecycle;

/// A way of handling records in order per key, run in a process that measures what it takes.
public interface LaneApplication {

    /// Starts to handle the records of a topic from its beginning, or from where its group has got to.
    ///
    /// @param handler handles the values of records; may be called for records of different keys at once
    /// @param components are closed to end it in order: what is finished is committed
    void start(LaneWork work, LaneHandler handler, Lifecycle components) throws Exception;
}
