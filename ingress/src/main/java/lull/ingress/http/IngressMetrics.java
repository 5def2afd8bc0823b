package lull.ingress.http;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lull.contract.message.ContentKind;
import lull.ingress.kafka.Publisher;
import lull.ingress.webhook.IngressRecord;
import lull.runtime.http.BodyReader.Refusal;
import lull.runtime.http.InFlight;

/// Metrics of the ingress.
public final class IngressMetrics {

    /// How a webhook was answered.
    enum Outcome {
        /// 200: all of its records are on a topic.
        ACCEPTED,
        /// 200: it contained nothing to write.
        EMPTY,
        /// 200: a subscription of SNS was confirmed, or its end was logged.
        SUBSCRIPTION,
        /// 400: the request of a channel is invalid.
        MALFORMED,
        /// 401 or 403: the signature is missing or wrong.
        UNSIGNED,
        /// 401 or 403, as for a wrong signature: it names an app that is not configured.
        UNKNOWN_APP,
        /// 404: the route is not configured.
        CLOSED,
        /// 413: the body is too large.
        TOO_LARGE,
        /// 415: the body is compressed.
        ENCODED,
        /// 400: the body did not arrive completely.
        BROKEN,
        /// 408: the body took too long to arrive.
        SLOW,
        /// 503: too many requests or bytes are in flight.
        OVERLOADED,
        /// 503: the broker did not acknowledge in time, or the signer's key could not be fetched.
        UNAVAILABLE;

        /// The outcome for a body that was refused.
        static Outcome of(Refusal refusal) {
            return switch (refusal) {
                case TOO_LARGE -> TOO_LARGE;
                case ENCODED -> ENCODED;
                case SLOW -> SLOW;
                case OVERLOADED -> OVERLOADED;
                case BROKEN -> BROKEN;
            };
        }
    }

    /// WhatsApp retries a webhook for a week.
    private static final Duration MAX_AGE = Duration.ofDays(30);

    private final Map<Outcome, Counter> webhooks = new EnumMap<>(Outcome.class);
    private final Map<IngressRecord.Kind, Counter> records = new EnumMap<>(IngressRecord.Kind.class);
    private final Map<ContentKind, Counter> messages = new EnumMap<>(ContentKind.class);
    private final MeterRegistry registry;
    private final Counter repeated;
    private final Timer acknowledged;
    private final Timer age;
    private final RecentIds recent = new RecentIds();
    private final InstantSource clock;

    public IngressMetrics(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        this.registry = registry;
        for (Outcome outcome : Outcome.values()) {
            webhooks.put(
                    outcome,
                    Counter.builder("lull.webhooks")
                            .description("Webhooks by outcome")
                            .tag("outcome", word(outcome))
                            .register(registry));
        }
        for (IngressRecord.Kind kind :
                EnumSet.complementOf(EnumSet.of(IngressRecord.Kind.REPLY, IngressRecord.Kind.ACTION))) {
            records.put(
                    kind,
                    Counter.builder("lull.webhook.records")
                            .description("Records written for accepted webhooks, by kind")
                            .tag("kind", word(kind))
                            .register(registry));
        }
        for (ContentKind kind : ContentKind.values()) {
            messages.put(
                    kind,
                    Counter.builder("lull.webhook.messages")
                            .description("Messages of accepted webhooks, by kind of content")
                            .tag("kind", kind.word())
                            .register(registry));
        }
        repeated = Counter.builder("lull.webhook.messages.repeated")
                .description("Messages that this instance has accepted before; the aggregator drops them")
                .register(registry);
        acknowledged = Timer.builder("lull.webhook.acknowledged")
                .description("Time from a webhook's arrival to the broker's acknowledgement of all its records")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        age = Timer.builder("lull.webhook.message.age")
                .description(
                        "Time from the sending of a message, in whole seconds, to its acknowledgement by the broker")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    /// Registers meters of what is in flight and of whether the broker is unavailable.
    public void show(MeterRegistry registry, InFlight inFlight, Publisher publisher) {
        Gauge.builder("lull.webhooks.inflight", inFlight, InFlight::requests)
                .description("Webhooks that are not answered yet")
                .register(registry);
        Gauge.builder("lull.webhooks.inflight.bytes", inFlight, InFlight::bytes)
                .description("Total size of the bodies of unanswered webhooks, limited by ingress.max.inflight.bytes")
                .baseUnit("bytes")
                .register(registry);
        FunctionCounter.builder("lull.broker.probes", publisher, Publisher::probesTaken)
                .description(
                        "Ticks (heartbeat records) that the broker acknowledged while it was considered unavailable")
                .register(registry);
        Gauge.builder("lull.broker.away", publisher, known -> known.away() ? 1 : 0)
                .description("1 while Kafka acknowledges nothing and webhooks are refused at once, else 0")
                .register(registry);
    }

    void answered(Outcome outcome) {
        requireNonNull(webhooks.get(outcome)).increment();
    }

    /// Counts a part of a channel's request that is no message of a customer.
    void ignored(String kind, String reason) {
        Counter.builder("lull.channel.ignored")
                .description("Parts of requests of channels that are no message of a customer, by kind and reason")
                .tag("kind", kind)
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    /// Counts the records of a webhook, all of which are acknowledged.
    void acknowledged(List<IngressRecord> all, Duration taken) {
        Instant now = clock.instant();
        for (IngressRecord record : all) {
            requireNonNull(records.get(record.kind())).increment();
            IngressRecord.MessageStats facts = record.facts();
            if (facts != null) {
                requireNonNull(messages.get(facts.content())).increment();
                age.record(age(facts.sentAt(), now));
                if (recent.seen(facts.id())) {
                    repeated.increment();
                }
            }
        }
        acknowledged.record(taken);
        answered(all.isEmpty() ? Outcome.EMPTY : Outcome.ACCEPTED);
    }

    /// WhatsApp's clock may be ahead, and the time in a message may be wrong.
    private static Duration age(Instant sentAt, Instant now) {
        Duration since = Duration.between(sentAt, now);
        if (since.isNegative()) {
            return Duration.ZERO;
        }
        return since.compareTo(MAX_AGE) > 0 ? MAX_AGE : since;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
