package lull.bridge.inbound;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import lull.runtime.admin.OutcomeCounter;

/// Meters of turns on their way to chats. Safe for several threads.
public final class TurnMetrics {

    private final MeterRegistry registry;

    public TurnMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void turnHandled(TurnOutcome outcome) {
        OutcomeCounter.increment(registry, "lull.bridge.turns", "Handled turns by outcome", outcome);
    }

    void attributesHandled(AttributesOutcome outcome) {
        OutcomeCounter.increment(
                registry, "lull.bridge.attributes", "Attributes of turns for open chats by outcome", outcome);
    }

    /// Counts a customer who is told that the conversation waits for a free chat.
    void waitingNotified() {
        Counter.builder("lull.bridge.waiting.notified")
                .description("Customers who were notified that the quota of open chats is used up")
                .register(registry)
                .increment();
    }

    /// Counts a conversation that the business has begun and a customer answers.
    ///
    /// @param inOpenChat whether the answer goes to a chat that is open already
    void conversationAnswered(boolean inOpenChat) {
        Counter.builder("lull.bridge.conversations.answered")
                .description("Conversations that the business has begun and customers have answered")
                .tag("chat", inOpenChat ? "open" : "opened")
                .register(registry)
                .increment();
    }

    void timersHandled(TimersOutcome outcome) {
        OutcomeCounter.increment(registry, "lull.bridge.timers", "Timers of new chats by outcome", outcome);
    }

    /// Counts a part of a turn that Connect has refused and that is a dead letter.
    public void partRefused() {
        Counter.builder("lull.bridge.parts.refused")
                .description("Parts of turns that Amazon Connect refused, each a dead letter")
                .register(registry)
                .increment();
    }
}
