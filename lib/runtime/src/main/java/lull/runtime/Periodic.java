package lull.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Task that runs repeatedly on its own virtual thread until it is closed. A round that fails is
/// logged, and the next one runs nevertheless.
public final class Periodic implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Periodic.class);

    private final String name;
    private final Supplier<Duration> wait;
    private final Task task;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /// One round.
    @FunctionalInterface
    public interface Task {
        /// It may block; an interruption ends the rounds.
        void run() throws InterruptedException;
    }

    private Periodic(String name, Supplier<Duration> wait, Task task) {
        this.name = name;
        this.wait = wait;
        this.task = task;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::runUntilClosed);
    }

    /// Starts to run a task, the first time after the wait.
    ///
    /// @param name of the thread, and in what is logged
    /// @param wait between the end of one round and the next one
    public static Periodic start(String name, Duration wait, Task task) {
        return start(name, () -> wait, task);
    }

    /// Starts to run a task, the first time after the wait.
    ///
    /// @param wait is asked after each round for the time until the next one
    public static Periodic start(String name, Supplier<Duration> wait, Task task) {
        Periodic periodic = new Periodic(name, wait, task);
        periodic.thread.start();
        return periodic;
    }

    /// Ends a wait at once, and a running round by interrupting it; returns after it has ended.
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runUntilClosed() {
        try {
            while (!closing.await(wait.get().toNanos(), TimeUnit.NANOSECONDS)) {
                run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() throws InterruptedException {
        try {
            task.run();
        } catch (RuntimeException e) {
            if (closing.getCount() == 0) {
                // The interruption that ended it.
                log.atDebug().addKeyValue("task", name).setCause(e).log("The last run was interrupted");
                return;
            }
            log.atWarn()
                    .addKeyValue("task", name)
                    .setCause(e)
                    .log("A periodic task failed; it runs again as scheduled");
        }
    }
}
