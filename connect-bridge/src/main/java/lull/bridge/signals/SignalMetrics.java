package lull.bridge.signals;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/// The meters of what customers see beside messages. May be used by any thread.
public final class SignalMetrics {

    private final MeterRegistry registry;

    public SignalMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void readMarkHandled(ReadMarkOutcome outcome) {
        count("lull.bridge.read.marks", "Read receipts for customers by outcome", outcome);
    }

    public void typingHandled(TypingOutcome outcome) {
        count("lull.bridge.typing", "Typing indicators of agents by outcome", outcome);
    }

    public void reactionHandled(ReactionOutcome outcome) {
        count("lull.bridge.reactions", "Acknowledgements of turns by outcome", outcome);
    }

    private void count(String name, String description, Enum<?> outcome) {
        Counter.builder(name)
                .description(description)
                .tag("exit", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }
}
