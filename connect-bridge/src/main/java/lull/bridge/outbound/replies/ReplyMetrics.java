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
        count("lull.bridge.replies", "Replies by how they left the bridge", outcome);
    }

    public void doubtResolved(DoubtOutcome outcome) {
        count("lull.bridge.doubts", "Parts of replies in doubt by how that ended", outcome);
    }

    public void statusHandled(StatusOutcome outcome) {
        count("lull.bridge.statuses", "WhatsApp's statuses by how they left the bridge", outcome);
    }

    public void careWindowOver(CareWindowOutcome outcome) {
        count("lull.bridge.care.windows", "Free-form replies behind the care window by what became of them", outcome);
    }

    private void count(String name, String description, Enum<?> outcome) {
        Counter.builder(name)
                .description(description)
                .tag("exit", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }
}
