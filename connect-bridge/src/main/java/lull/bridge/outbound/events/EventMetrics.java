package lull.bridge.outbound.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/// The meters of chat events, and of the notifications that carry them. May be used by any thread.
public final class EventMetrics {

    private final MeterRegistry registry;

    public EventMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void eventHandled(EventOutcome outcome) {
        count("lull.bridge.chat.events", "Handled chat events by outcome", outcome);
    }

    /// An event was found in a transcript that had not arrived.
    public void eventFound() {
        Counter.builder("lull.bridge.chat.events.found")
                .description("Events that did not arrive and were found in transcripts")
                .register(registry)
                .increment();
    }

    public void notificationHandled(NotificationOutcome outcome) {
        count("lull.bridge.notifications", "SNS notifications by outcome, by HTTPS or by queue", outcome);
    }

    private void count(String name, String description, Enum<?> outcome) {
        Counter.builder(name)
                .description(description)
                .tag("exit", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }
}
