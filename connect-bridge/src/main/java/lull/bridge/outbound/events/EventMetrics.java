package lull.bridge.outbound.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.Stream;
import lull.runtime.admin.OutcomeCounter;

/// Meters of chat events, and of the notifications that carry them. Safe for several threads.
public final class EventMetrics {

    /// Bounds of the histogram of waits.
    private static final Duration[] WAITS =
            Stream.of(1, 2, 5, 10, 20, 30, 60).map(Duration::ofSeconds).toArray(Duration[]::new);

    private final MeterRegistry registry;

    public EventMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void eventHandled(EventOutcome outcome) {
        OutcomeCounter.increment(registry, "lull.bridge.chat.events", "Handled chat events by outcome", outcome);
    }

    /// Counts an event that was found in a transcript and had not arrived.
    public void eventFound() {
        Counter.builder("lull.bridge.chat.events.found")
                .description("Events that did not arrive and were found in transcripts")
                .register(registry)
                .increment();
    }

    /// Records a message to WhatsApp that could join several texts.
    ///
    /// @param texts in it
    /// @param waited how long its first text waited
    void textsJoined(int texts, Duration waited) {
        DistributionSummary.builder("lull.bridge.reply.texts")
                .description("Texts of agents and bots in each message to WhatsApp that waited for more of them")
                .register(registry)
                .record(texts);
        Timer.builder("lull.bridge.reply.waits")
                .description("Time from the first text of such a message until it was passed on")
                .serviceLevelObjectives(WAITS)
                .register(registry)
                .record(waited);
    }

    public void notificationHandled(NotificationOutcome outcome) {
        OutcomeCounter.increment(
                registry, "lull.bridge.notifications", "SNS notifications by outcome, by HTTPS or by queue", outcome);
    }
}
