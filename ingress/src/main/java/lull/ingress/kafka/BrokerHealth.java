package lull.ingress.kafka;

import java.time.Duration;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// State of the broker, known by its acknowledgements. A broker that has acknowledged nothing for half as long
/// as a webhook is held is away, until it acknowledges a record.
///
/// Threads of requests report failures, and the producer's thread reports acknowledgements, without a lock. An
/// acknowledgement that comes at the same moment as a failure wins sooner or later, as each further one sets
/// [#away()] back.
final class BrokerHealth {

    private static final Logger log = LoggerFactory.getLogger(BrokerHealth.class);

    private final LongPredicate brokerAnswers;
    private final Duration timeout;

    /// Times of `System.nanoTime()`.
    private volatile long acknowledgedAt = System.nanoTime();

    private volatile long failingSince;
    private volatile boolean away;
    private volatile boolean reported;

    /// @param brokerAnswers whether brokers answer steadily, also after a moment of `System.nanoTime()`; the watch
    ///     over Kafka reports it if none does
    /// @param timeout how long a webhook is held
    BrokerHealth(LongPredicate brokerAnswers, Duration timeout) {
        this.brokerAnswers = brokerAnswers;
        this.timeout = timeout;
    }

    /// Whether the broker acknowledges nothing at all.
    boolean away() {
        return away;
    }

    /// A record was acknowledged.
    void acknowledged() {
        acknowledgedAt = System.nanoTime();
        if (away) {
            away = false;
            if (reported) {
                reported = false;
                log.info("Kafka acknowledges again");
            }
        }
    }

    /// Records were not acknowledged in time.
    ///
    /// @param start when they were sent, as a time of `System.nanoTime()`
    void failed(long start, Throwable cause) {
        long since = failingSince;
        if (since == 0 || acknowledgedAt - since > 0) {
            since = start;
            failingSince = start;
            // The first one alone: the meter counts how many follow.
            log.atWarn().addKeyValue("error", cause.getClass().getSimpleName()).log("Kafka did not acknowledge");
        }
        boolean inVain = System.nanoTime() - since >= timeout.toNanos() / 2;
        if (inVain && acknowledgedAt - since < 0 && !away) {
            away = true;
            report();
        }
    }

    /// Logs once that the broker is away, unless no broker answers at all: the watch over Kafka reports that.
    void report() {
        if (!reported && brokerAnswers.test(failingSince)) {
            reported = true;
            log.warn("Kafka answers but does not acknowledge; webhooks are refused until it does. Check that enough"
                    + " replicas are in sync, and that the ingress may write to its topics");
        }
    }
}
