package lull.runtime;

import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lull.runtime.log.SuppressedWarnings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Runs a process from start to stop: a start that fails stops what it had started and ends with exit code 1;
/// SIGTERM and Ctrl-C stop all parts in order within [#STOP_LIMIT].
public final class Launcher {

    /// How long an orderly stop may take before the process ends anyway.
    public static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(Launcher.class);

    /// Starts everything, handing each started part to `parts`.
    @FunctionalInterface
    public interface Start {
        void start(Parts parts) throws Exception;
    }

    private Launcher() {}

    /// Starts, waits for the signal to stop, and stops. Returns the exit code: 0 after an orderly stop, 1 where
    /// the start failed.
    public static int run(String name, Start start) {
        Parts parts = new Parts();
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> awaitStop(stop, stopped), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            start.start(parts);
            log.atInfo().addKeyValue("process", name).log("Started");
            stop.await();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (Exception | LinkageError e) {
            tell(name, e);
            return 1;
        } finally {
            parts.close();
            SuppressedWarnings.report();
            log.atInfo().addKeyValue("process", name).log("Stopped");
            stopped.countDown();
        }
    }

    /// Reasons that an operator can remove are told in words, which a stack trace would only hide.
    private static void tell(String name, Throwable failure) {
        LoggingEventBuilder event = log.atError().addKeyValue("process", name);
        if (failure instanceof CannotStart) {
            event.log(failure.getMessage());
        } else if (failure instanceof BindException || failure.getCause() instanceof BindException) {
            event.log("A port is taken: {}", failure.getMessage());
        } else {
            event.setCause(failure).log("Could not start: {}", failure.getMessage());
        }
    }

    private static void awaitStop(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            if (!stopped.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Not everything stopped in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
