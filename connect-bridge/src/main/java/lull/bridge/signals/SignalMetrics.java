package lull.bridge.signals;

import io.micrometer.core.instrument.MeterRegistry;
import lull.runtime.admin.OutcomeCounter;

/// Meters of the signals that customers see in addition to messages. Safe for several threads.
public final class SignalMetrics {

    private final MeterRegistry registry;

    public SignalMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void readMarkHandled(ReadMarkOutcome outcome) {
        OutcomeCounter.increment(registry, "lull.bridge.read.marks", "Read receipts for customers by outcome", outcome);
    }

    public void typingHandled(TypingOutcome outcome) {
        OutcomeCounter.increment(registry, "lull.bridge.typing", "Typing indicators of agents by outcome", outcome);
    }

    public void reactionHandled(ReactionOutcome outcome) {
        OutcomeCounter.increment(registry, "lull.bridge.reactions", "Acknowledgements of turns by outcome", outcome);
    }
}
