package lull.bridge.signals;

import java.time.Duration;

/// Executor of tasks after a delay.
@FunctionalInterface
interface DelayedExecutor {

    /// Runs a task once after a delay. Returns at once.
    void execute(Duration delay, Runnable task);
}
