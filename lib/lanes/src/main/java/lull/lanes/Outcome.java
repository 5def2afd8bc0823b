package lull.lanes;

import java.time.Duration;

/// Outcome of a record in its lane.
public sealed interface Outcome {

    /// The record is finished; the next one of its lane follows.
    Outcome DONE = new Done();

    /// See [#DONE].
    record Done() implements Outcome {}

    /// Reason why a record is not finished: it is retried, is a dead letter, or waits for an operator.
    /// Every client has one mapping from its errors to these.
    sealed interface Failure extends Outcome {}

    /// The record is retried after a while; its lane waits for it and holds no slot meanwhile.
    ///
    /// @param atLeast the minimum wait; the engine's own back-off may be longer
    /// @param reason in words, without anything personal
    record Retry(Duration atLeast, String reason) implements Failure {}

    /// The record was not tried, because it may not run yet: it runs again after this time, and this
    /// does not count as an attempt.
    record Deferred(Duration time) implements Failure {}

    /// The record was not tried, because it may belong together with later records of its key: it runs
    /// again when the next one arrives, at the latest after this time. This does not count as an
    /// attempt.
    record AwaitNext(Duration atMost) implements Outcome {}

    /// The record can never be handled: it becomes a dead letter, and the next one of its lane follows.
    record Reject(String reason) implements Failure {}

    /// Nothing in a scope can be handled until an operator helps: its records wait, one of them is
    /// tried at intervals, and all other records continue.
    ///
    /// @param reason in words, without anything personal
    record Pause(PauseScope scope, String reason) implements Failure {}

    /// [Retry] as soon as the engine's back-off allows.
    static Retry retry(String reason) {
        return new Retry(Duration.ZERO, reason);
    }
}
