package lull.bridge.outbound.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import lull.runtime.admin.OutcomeCounter;

/// Meters of chat events, and of the notifications that carry them. Safe for several threads.
public final class EventMetrics {

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

    public void notificationHandled(NotificationOutcome outcome) {
        OutcomeCounter.increment(
                registry, "lull.bridge.notifications", "SNS notifications by outcome, by HTTPS or by queue", outcome);
    }
}
