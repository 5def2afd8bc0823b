package lull.bridge.outbound.replies;

import io.micrometer.core.instrument.MeterRegistry;
import lull.runtime.admin.OutcomeCounter;

/// Meters of replies and of the statuses that WhatsApp reports for them. Safe for several threads.
public final class ReplyMetrics {

    private final MeterRegistry registry;

    public ReplyMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void replyHandled(ReplyFlowOutcome outcome) {
        OutcomeCounter.increment(registry, "lull.bridge.replies", "Handled replies by outcome", outcome);
    }

    public void doubtResolved(DoubtOutcome outcome) {
        OutcomeCounter.increment(
                registry, "lull.bridge.doubts", "Parts of replies in doubt (delivery unknown) by outcome", outcome);
    }

    public void statusHandled(StatusOutcome outcome) {
        OutcomeCounter.increment(registry, "lull.bridge.statuses", "WhatsApp's statuses by outcome", outcome);
    }

    public void careWindowOver(CareWindowOutcome outcome) {
        OutcomeCounter.increment(
                registry, "lull.bridge.care.windows", "Free-form replies after the care window by outcome", outcome);
    }
}
