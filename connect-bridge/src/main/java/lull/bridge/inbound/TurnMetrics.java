package lull.bridge.inbound;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import lull.runtime.admin.OutcomeCounter;

/// The meters of turns on their way to chats. May be used by any thread.
public final class TurnMetrics {

    private final MeterRegistry registry;

    public TurnMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void turnHandled(TurnOutcome outcome) {
        OutcomeCounter.increment(registry, "lull.bridge.turns", "Handled turns by outcome", outcome);
    }

    /// Connect has refused a part of a turn, which is a dead letter.
    public void partRefused() {
        Counter.builder("lull.bridge.parts.refused")
                .description("Parts of turns that Amazon Connect refused, each a dead letter")
                .register(registry)
                .increment();
    }
}
