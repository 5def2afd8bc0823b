package lull.bridge.outbound.replies;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/// The meters of replies and of the statuses that WhatsApp reports for them. May be used by any thread.
public final class ReplyMetrics {

    private final MeterRegistry registry;

    public ReplyMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void replyHandled(ReplyFlowOutcome outcome) {
        count("lull.bridge.replies", "Handled replies by outcome", outcome);
    }

    public void doubtResolved(DoubtOutcome outcome) {
        count("lull.bridge.doubts", "Parts of replies in doubt (delivery unknown) by outcome", outcome);
    }

    public void statusHandled(StatusOutcome outcome) {
        count("lull.bridge.statuses", "WhatsApp's statuses by outcome", outcome);
    }

    public void careWindowOver(CareWindowOutcome outcome) {
        count("lull.bridge.care.windows", "Free-form replies after the care window by outcome", outcome);
    }

    private void count(String name, String description, Enum<?> outcome) {
        Counter.builder(name)
                .description(description)
                .tag("exit", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }
}
