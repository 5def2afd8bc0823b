package lull.runtime.admin;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Handler of threads that have ended with an uncaught error: their process is no longer live, because
/// the thread's work is not done any more. Only a restart helps. Safe for several threads.
public final class ThreadDeaths implements Thread.UncaughtExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ThreadDeaths.class);

    private volatile @Nullable String first;

    private ThreadDeaths() {}

    /// Handles all threads of the virtual machine that have no handler of their own.
    public static void watch(Health health) {
        Thread.setDefaultUncaughtExceptionHandler(of(health));
    }

    static ThreadDeaths of(Health health) {
        ThreadDeaths deaths = new ThreadDeaths();
        health.livesWhile("threads", () -> Optional.ofNullable(deaths.first));
        return deaths;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        if (first == null) {
            first = "the thread " + thread.getName() + " has died of "
                    + failure.getClass().getName();
        }
        log.atError()
                .addKeyValue("thread", thread.getName())
                .setCause(failure)
                .log("A thread has died; restart the process");
    }
}
