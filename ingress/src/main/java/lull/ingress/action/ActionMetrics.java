package lull.ingress.action;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// Metrics of the routes of actions.
public final class ActionMetrics {

    /// How a request was answered.
    enum Outcome {
        /// 200: the list or the description of actions.
        LISTED,
        /// 200: the provider has accepted it.
        DONE,
        /// 200: it had been done before, with the same Idempotency-Key.
        REPEATED,
        /// 400: a parameter, the confirmation or the Idempotency-Key is missing or wrong.
        MALFORMED,
        /// 401: the token is missing or wrong.
        UNAUTHORIZED,
        /// 403: the token may only read.
        FORBIDDEN,
        /// 404: no token is configured, or there is no such action.
        UNKNOWN,
        /// 409: the Idempotency-Key was used for another request, or its result is unknown.
        CONFLICT,
        /// 408, 413, 415: the body was refused.
        BODY,
        /// 422: the provider never accepts it.
        REFUSED,
        /// 501: the provider has no such operation.
        NOT_AVAILABLE,
        /// 502: it is unknown whether it was performed.
        UNCLEAR,
        /// 502: nothing is accepted until an operator helps.
        MISCONFIGURED,
        /// 503: it was not performed, and can be repeated later.
        LATER
    }

    private final Map<Outcome, Counter> requested = new EnumMap<>(Outcome.class);

    public ActionMetrics(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            requested.put(
                    outcome,
                    Counter.builder("lull.actions.requested")
                            .description("Requests for actions of the business on WhatsApp, by outcome")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    void answered(Outcome outcome) {
        requireNonNull(requested.get(outcome)).increment();
    }
}
