package lull.bridge.inbound.attachments;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// Meters of customers' files on their way to chats. Safe for several threads.
public final class FileMetrics {

    private final MeterRegistry registry;

    public FileMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Counts a file with its outcome.
    ///
    /// @param exit `attached`, or why the agent was notified in words instead
    public void fileHandled(String exit) {
        Counter.builder("lull.bridge.files")
                .description("Files of customers by outcome")
                .tag("exit", exit)
                .register(registry)
                .increment();
    }

    /// Counts an attempt to keep a file in the store.
    ///
    /// @param result `ok`, `not_now`, or `too_long` if it is kept and its link is longer than a text
    ///     may be
    public void fileStored(String result) {
        Counter.builder("lull.bridge.files.stored")
                .description("Files that were to be kept in the store, by result")
                .tag("result", result)
                .register(registry)
                .increment();
    }

    /// Records the conversion of a file to a format that Connect accepts.
    public void mediaConverted(String to, String result, Duration took) {
        Timer.builder("lull.bridge.media.conversions")
                .description("Files that were to be converted, by format and result")
                .tag("to", to)
                .tag("result", result)
                .register(registry)
                .record(took);
    }
}
