package lull.runtime.process;

import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import lull.runtime.CannotStart;
import lull.runtime.Lifecycle;
import lull.runtime.log.FailurePlace;
import lull.runtime.log.SuppressedWarnings;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Launcher that runs a process from start to stop. If the start fails, it stops what was started and
/// ends with exit code 1. SIGTERM and Ctrl-C stop all components in order within a limit, also during
/// the start. For the main thread of a process.
public final class Launcher {

    /// The process needs less than this after its components have stopped.
    private static final Duration REST = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Launcher.class);

    /// Starts everything, and adds each started component to `components`.
    @FunctionalInterface
    public interface Start {
        void start(Lifecycle components) throws Exception;
    }

    private Launcher() {}

    /// Starts, waits for the signal to stop, and stops. Returns the exit code: 0 after an orderly stop,
    /// 1 if the start failed.
    ///
    /// @param limit how long an orderly stop may take before the process ends anyway
    public static int run(String name, Duration limit, Start start) {
        Lifecycle components = new Lifecycle(limit);
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        AtomicReference<@Nullable Thread> starting = new AtomicReference<>(Thread.currentThread());
        Thread hook = new Thread(() -> awaitStop(starting, stop, stopped, limit.plus(REST)), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            start.start(components);
            starting.set(null);
            log.atInfo().addKeyValue("process", name).log("Started");
            stop.await();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (Exception | LinkageError e) {
            if (stop.getCount() == 0) {
                log.atInfo().addKeyValue("process", name).log("Stop requested during the start");
            } else {
                tell(name, e);
            }
            return 1;
        } finally {
            starting.set(null);
            components.close();
            SuppressedWarnings.report();
            log.atInfo().addKeyValue("process", name).log("Stopped");
            stopped.countDown();
        }
    }

    /// Reports reasons that an operator can remove in words; of all others, the place in the code.
    private static void tell(String name, Throwable failure) {
        KafkaException ofKafka = ofKafka(failure);
        LoggingEventBuilder event = log.atError().addKeyValue("process", name);
        if (failure instanceof CannotStart) {
            event.log(failure.getMessage());
        } else if (failure instanceof BindException || failure.getCause() instanceof BindException) {
            event.log("A port cannot be opened: {}", failure.getMessage());
        } else if (ofKafka != null) {
            event.log(
                    "Kafka's client cannot be set up: {}. Check the settings that begin with kafka.",
                    String.valueOf(ofKafka.getMessage()).replaceFirst("\\.$", ""));
        } else {
            // A message may quote a secret.
            event.log("Could not start: {}. Report this line as a bug", FailurePlace.withCauses(failure));
        }
    }

    /// Returns Kafka's own reason if its client could not be created: it names the property, and no
    /// value that is a secret.
    private static @Nullable KafkaException ofKafka(Throwable failure) {
        KafkaException reason = null;
        boolean isSetUp = false;
        Throwable cause = failure;
        while (cause != null) {
            isSetUp |= cause instanceof ConfigException
                    || (cause instanceof KafkaException
                            && String.valueOf(cause.getMessage()).startsWith("Failed to "));
            reason = cause instanceof KafkaException kafka ? kafka : reason;
            cause = cause.getCause();
        }
        return isSetUp ? reason : null;
    }

    /// Components that have not stopped have already been logged.
    private static void awaitStop(
            AtomicReference<@Nullable Thread> starting, CountDownLatch stop, CountDownLatch stopped, Duration limit) {
        stop.countDown();
        Thread start = starting.getAndSet(null);
        if (start != null) {
            // A start may block for minutes.
            start.interrupt();
        }
        try {
            if (!stopped.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("The start did not stop in time; the process exits anyway, and nothing is lost");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
