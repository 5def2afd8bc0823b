package lull.bridge.accounts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import lull.contract.account.Urgency;
import lull.runtime.admin.OutcomeCounter;
import lull.whatsapp.account.KnownAccounts;

/// Meters of what WhatsApp says about accounts. Safe for several threads.
public final class AccountMetrics {

    private final MeterRegistry registry;

    public AccountMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Shows how many problems are known. Every bridge shows all of them.
    public void show(KnownAccounts known, InstantSource clock) {
        for (Urgency urgency : Urgency.values()) {
            if (urgency.isProblem()) {
                Gauge.builder("lull.bridge.account.problems", known, all -> all.problems(urgency, clock.instant()))
                        .description("Problems of accounts, numbers, templates and flows that WhatsApp has reported and"
                                + " that have not ended; every bridge counts all of them")
                        .tag("urgency", urgency.word())
                        .register(registry);
            }
        }
    }

    void factHandled(FactOutcome outcome) {
        OutcomeCounter.increment(
                registry, "lull.bridge.account.facts", "What WhatsApp said about accounts, by outcome", outcome);
    }
}
