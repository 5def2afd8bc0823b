package lull.bridge.outbound.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import lull.runtime.admin.OutcomeCounter;

/// The meters of chat events, and of the notifications that carry them. May be used by any thread.
public final class EventMetrics {

    private final MeterRegistry registry;

    public EventMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void eventHandled(EventOutcome outcome) {
        OutcomeCounter.increment(registry, "lull.bridge.chat.events", "Handled chat events by outcome", outcome);
    }

    /// An event was found in a transcript that had not arrived.
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
