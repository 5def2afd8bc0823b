package lull.ingress.reply;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import lull.runtime.http.BodyReader.Refusal;

/// Metrics of applications' requests.
public final class ReplyMetrics {

    /// How a request for a reply was answered.
    enum Outcome {
        /// 202: it is on the topic.
        ACCEPTED,
        /// 400: something in it is wrong or missing.
        MALFORMED,
        /// 400: the body did not arrive completely.
        BROKEN,
        /// 401: the token is missing or wrong.
        UNAUTHORIZED,
        /// 404: no token is configured.
        CLOSED,
        /// 409: the Idempotency-Key has been used for another request.
        CONFLICT,
        /// 413: the body is too large.
        TOO_LARGE,
        /// 415: the body is compressed, or has a file although files are not accepted.
        ENCODED,
        /// 408: the body took too long to arrive.
        SLOW,
        /// 503: too many requests or bytes are in flight.
        OVERLOADED,
        /// 503: the broker did not acknowledge in time.
        UNAVAILABLE,
        /// 422: WhatsApp does not accept the file.
        FILE_REFUSED,
        /// 502: WhatsApp accepts no file until an operator helps.
        FILE_MISCONFIGURED,
        /// 503: WhatsApp did not accept the file now.
        FILE_LATER;

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

    private final Map<Outcome, Counter> requested = new EnumMap<>(Outcome.class);

    public ReplyMetrics(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            requested.put(
                    outcome,
                    Counter.builder("lull.replies.requested")
                            .description("Requests of applications for a reply, by outcome")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    void answered(Outcome outcome) {
        requireNonNull(requested.get(outcome)).increment();
    }
}
