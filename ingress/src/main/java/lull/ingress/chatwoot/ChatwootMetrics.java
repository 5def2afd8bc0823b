package lull.ingress.chatwoot;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// Metrics of Chatwoot's callbacks.
public final class ChatwootMetrics {

    private final MeterRegistry registry;

    public ChatwootMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /// @param outcome such as `accepted`, or why it is not for a customer
    void received(String destination, String outcome) {
        Counter.builder("lull.chatwoot.callbacks")
                .description("Callbacks of Chatwoot, by destination and outcome")
                .tag("destination", destination)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }
}
