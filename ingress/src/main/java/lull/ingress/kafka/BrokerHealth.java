package lull.ingress.kafka;

import java.time.Duration;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// State of the broker, derived from its acknowledgements. A broker that has acknowledged nothing for
/// half the time that a webhook is held is unavailable until it acknowledges a record.
///
/// Request threads report failures, and the producer's thread reports acknowledgements, without a lock.
/// If both happen at the same moment, the acknowledgement wins in the end, because each later one
/// resets [#away()].
final class BrokerHealth {

    private static final Logger log = LoggerFactory.getLogger(BrokerHealth.class);

    private final LongPredicate brokerAnswers;
    private final Duration timeout;

    /// Times of `System.nanoTime()`.
    private volatile long acknowledgedAt = System.nanoTime();

    private volatile long failingSince;
    private volatile boolean away;
    private volatile boolean reported;

    /// @param brokerAnswers whether brokers answer steadily, also after a given `System.nanoTime()`;
    ///     the Kafka watch reports it if none does
    /// @param timeout how long a webhook is held
    BrokerHealth(LongPredicate brokerAnswers, Duration timeout) {
        this.brokerAnswers = brokerAnswers;
        this.timeout = timeout;
    }

    /// Whether the broker currently acknowledges nothing.
    boolean away() {
        return away;
    }

    /// Reports that a record was acknowledged.
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

    /// Reports that records were not acknowledged in time.
    ///
    /// @param start when they were sent, as `System.nanoTime()`
    void failed(long start, Throwable cause) {
        long since = failingSince;
        if (since == 0 || acknowledgedAt - since > 0) {
            since = start;
            failingSince = start;
            // Only the first one is logged; the meter counts those that follow.
            log.atWarn().addKeyValue("error", cause.getClass().getSimpleName()).log("Kafka did not acknowledge");
        }
        boolean inVain = System.nanoTime() - since >= timeout.toNanos() / 2;
        if (inVain && acknowledgedAt - since < 0 && !away) {
            away = true;
            report();
        }
    }

    /// Logs once that the broker is unavailable, unless no broker answers at all, which the Kafka watch
    /// reports.
    void report() {
        if (!reported && brokerAnswers.test(failingSince)) {
            reported = true;
            log.warn("Kafka answers but does not acknowledge; webhooks are refused until it does. Check that enough"
                    + " replicas are in sync, and that the ingress may write to its topics");
        }
    }
}
