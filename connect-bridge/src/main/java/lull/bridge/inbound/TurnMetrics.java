package lull.bridge.inbound;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/// The meters of turns on their way to chats. May be used by any thread.
public final class TurnMetrics {

    private final MeterRegistry registry;

    public TurnMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void turnHandled(TurnOutcome outcome) {
        count("lull.bridge.turns", "Handled turns by outcome", outcome);
    }

    /// Connect has refused a part of a turn, which is a dead letter.
    public void partRefused() {
        Counter.builder("lull.bridge.parts.refused")
                .description("Parts of turns that Amazon Connect refused, each a dead letter")
                .register(registry)
                .increment();
    }

    private void count(String name, String description, Enum<?> outcome) {
        Counter.builder(name)
                .description(description)
                .tag("exit", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }
}
