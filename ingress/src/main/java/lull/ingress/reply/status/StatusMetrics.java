package lull.ingress.reply.status;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// Metrics of the route that tells what became of a reply.
public final class StatusMetrics {

    /// How a question was answered.
    enum Outcome {
        /// 200.
        KNOWN,
        /// 404: no reply with this id is known.
        UNKNOWN,
        /// 401: the token is missing or wrong.
        UNAUTHORIZED,
        /// 404: the route is closed.
        CLOSED,
        /// 503: the topics are not read to their end.
        UNAVAILABLE
    }

    private final Map<Outcome, Counter> asked = new EnumMap<>(Outcome.class);

    public StatusMetrics(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            asked.put(
                    outcome,
                    Counter.builder("lull.replies.status.asked")
                            .description("Questions of applications about a reply, by outcome")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    /// Shows what a follower has read.
    public static void show(MeterRegistry registry, ReplyFollower follower) {
        Gauge.builder("lull.replies.status.remembered", follower, ReplyFollower::size)
                .description("Replies of applications whose status this process remembers")
                .register(registry);
        FunctionCounter.builder("lull.replies.status.skipped", follower, ReplyFollower::skipped)
                .description("Records of replies and outcomes that were skipped, as they could not be read or failed")
                .register(registry);
    }

    void answered(Outcome outcome) {
        requireNonNull(asked.get(outcome)).increment();
    }
}
