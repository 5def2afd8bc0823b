package lull.bridge.notices;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/// The meters of what agents are notified of. May be used by any thread.
public final class NoticeMetrics {

    private final MeterRegistry registry;

    public NoticeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void noteHandled(NoteOutcome outcome) {
        count("lull.bridge.notes", "Notes for agents by outcome", outcome);
    }

    public void echoHandled(EchoOutcome outcome) {
        count("lull.bridge.echoes", "Messages of colleagues in the business app by outcome", outcome);
    }

    public void receiptHandled(ReceiptOutcome outcome) {
        count("lull.bridge.receipts", "Receipts for agents by outcome", outcome);
    }

    private void count(String name, String description, Enum<?> outcome) {
        Counter.builder(name)
                .description(description)
                .tag("exit", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }
}
