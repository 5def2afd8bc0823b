package lull.bridge.notices;

import io.micrometer.core.instrument.MeterRegistry;
import lull.runtime.admin.OutcomeCounter;

/// Meters of notices for agents. Safe for several threads.
public final class NoticeMetrics {

    private final MeterRegistry registry;

    public NoticeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void noteHandled(NoteOutcome outcome) {
        OutcomeCounter.increment(registry, "lull.bridge.notes", "Notes for agents by outcome", outcome);
    }

    public void echoHandled(EchoOutcome outcome) {
        OutcomeCounter.increment(
                registry, "lull.bridge.echoes", "Messages of colleagues in the business app by outcome", outcome);
    }

    void deadLetterHandled(DeadLetterOutcome outcome) {
        OutcomeCounter.increment(
                registry,
                "lull.bridge.dead.letter.notes",
                "Dead letters with words of customers and agents, by whether their agent knows",
                outcome);
    }

    public void receiptHandled(ReceiptOutcome outcome) {
        OutcomeCounter.increment(registry, "lull.bridge.receipts", "Receipts for agents by outcome", outcome);
    }
}
