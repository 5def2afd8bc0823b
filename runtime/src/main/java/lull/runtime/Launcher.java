package lull.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lull.runtime.settings.SettingsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a process from start to stop: a start that fails stops what it had started and ends with exit code 1; SIGTERM
/// and Ctrl-C stop all parts in order within [#STOP_LIMIT].
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

    /// Starts, waits for the signal to stop, and stops. Returns the exit code: 0 after an orderly stop, 1 where the
    /// start failed.
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
        } catch (SettingsException e) {
            // Its message is written for people and names every problem; a stack trace would only hide it.
            log.atError().addKeyValue("process", name).log(e.getMessage());
            return 1;
        } catch (Exception | LinkageError e) {
            log.atError().addKeyValue("process", name).setCause(e).log("Could not start: {}", e.getMessage());
            return 1;
        } finally {
            parts.close();
            log.atInfo().addKeyValue("process", name).log("Stopped");
            stopped.countDown();
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
