package lull.runtime.log;

import ch.qos.logback.classic.LoggerContext;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/// Count of the warnings that [ClientWarningLimit] has suppressed, as a meter.
public final class SuppressedWarnings {

    private SuppressedWarnings() {}

    public static void bindTo(MeterRegistry registry) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            FunctionCounter.builder("lull.log.suppressed", context, SuppressedWarnings::count)
                    .description("Repeated warnings of libraries that were not logged")
                    .register(registry);
        }
    }

    /// Logs what was suppressed since the last minute began; called when the process ends.
    public static void report() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            limits(context).forEach(ClientWarningLimit::nextMinute);
        }
    }

    private static double count(LoggerContext context) {
        return limits(context).mapToLong(ClientWarningLimit::suppressed).sum();
    }

    private static Stream<ClientWarningLimit> limits(LoggerContext context) {
        return context.getTurboFilterList().stream()
                .filter(ClientWarningLimit.class::isInstance)
                .map(ClientWarningLimit.class::cast);
    }
}
