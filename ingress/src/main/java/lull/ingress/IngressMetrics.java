package lull.ingress;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;

/// What the ingress counts.
final class IngressMetrics {

    /// How a webhook was answered.
    enum Outcome {
        /// 200: everything in it is on a topic.
        ACCEPTED,
        /// 200: there was nothing in it.
        EMPTY,
        /// 401: no signature, or a wrong one.
        UNSIGNED,
        /// 413: the body was too large.
        TOO_LARGE,
        /// 400: the body did not arrive whole.
        BROKEN,
        /// 503: the broker did not acknowledge in time.
        UNAVAILABLE
    }

    private final Map<Outcome, Counter> webhooks = new EnumMap<>(Outcome.class);
    private final Map<Outgoing.Kind, Counter> records = new EnumMap<>(Outgoing.Kind.class);
    private final Timer acknowledged;

    IngressMetrics(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            webhooks.put(
                    outcome,
                    Counter.builder("lull.webhooks")
                            .description("Webhooks, by how they were answered")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        for (Outgoing.Kind kind : EnumSet.complementOf(EnumSet.of(Outgoing.Kind.REPLY))) {
            records.put(
                    kind,
                    Counter.builder("lull.webhook.records")
                            .description("Records that accepted webhooks have become, by kind")
                            .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        acknowledged = Timer.builder("lull.webhook.acknowledged")
                .description("From a webhook's arrival to the broker's acknowledgement of all its records")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    void answered(Outcome outcome) {
        requireNonNull(webhooks.get(outcome)).increment();
    }

    void record(Outgoing.Kind kind) {
        requireNonNull(records.get(kind)).increment();
    }

    Timer acknowledged() {
        return acknowledged;
    }
}
