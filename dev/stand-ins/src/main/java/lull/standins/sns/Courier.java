package lull.standins.sns;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lull.standins.http.Fault;
import lull.standins.http.FaultBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sender of envelopes to subscribers: with retries, with dead letters for what cannot be brought, and with the
/// faults that were asked for.
final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    // A subscriber that takes longer than this to answer loses the order, not the others' punctuality.
    private static final long PATIENCE_MILLIS = 1_000;

    private final SnsOptions options;
    private final Envelopes envelopes;
    private final Poster poster;
    private final FaultBook faults;
    private final Consumer<DeadLetter> deadLetters;
    private final ExecutorService threads;

    Courier(
            SnsOptions options,
            Envelopes envelopes,
            Poster poster,
            FaultBook faults,
            Consumer<DeadLetter> deadLetters,
            ExecutorService threads) {
        this.options = options;
        this.envelopes = envelopes;
        this.poster = poster;
        this.faults = faults;
        this.deadLetters = deadLetters;
        this.threads = threads;
    }

    /// Posts the request to confirm once, whatever becomes of it.
    void askToConfirm(Subscription subscription, String messageId, Instant at) {
        String body = envelopes.confirmation(messageId, subscription.topicArn(), subscription.token(), at);
        poster.post(
                subscription.endpoint(),
                body,
                Map.of(
                        "x-amz-sns-message-type",
                        "SubscriptionConfirmation",
                        "x-amz-sns-message-id",
                        messageId,
                        "x-amz-sns-topic-arn",
                        subscription.topicArn()));
    }

    /// Delivers, and returns after the first attempt; further attempts go on beside.
    void deliver(Subscription subscription, Notification notification) throws InterruptedException {
        boolean raw = faults.take("sns.raw").isPresent();
        boolean tampered = faults.take("sns.tamper").isPresent();
        Notification sent = faults.take("sns.second").isPresent() ? notification.atFullSecond() : notification;
        String body = raw ? sent.message() : envelopes.notification(sent, subscription.arn(), tampered);
        int copies = faults.take("sns.duplicate").isPresent() ? 2 : 1;
        Optional<Fault> delay = faults.take("sns.delay");
        for (int copy = 0; copy < copies; copy++) {
            CountDownLatch firstAttempt = new CountDownLatch(delay.isPresent() ? 0 : 1);
            threads.execute(() -> {
                delay.ifPresent(Fault::pause);
                attempt(subscription, notification, body, raw, firstAttempt);
            });
            if (!firstAttempt.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.atInfo()
                        .addKeyValue("subscription", subscription.arn())
                        .log("A subscriber is slow: the next notification may overtake this one");
            }
        }
    }

    private void attempt(
            Subscription subscription,
            Notification notification,
            String body,
            boolean raw,
            CountDownLatch firstAttempt) {
        Map<String, String> headers = headers(subscription, notification, raw);
        for (int attempt = 1; ; attempt++) {
            Poster.Outcome outcome = switch (subscription.subscriber().protocol()) {
                case HTTP -> poster.post(subscription.endpoint(), body, headers);
                case SQS -> poster.send(subscription.endpoint(), body);
            };
            firstAttempt.countDown();
            boolean last = attempt > options.retries();
            switch (outcome) {
                case Poster.Outcome.Delivered() -> {
                    return;
                }
                case Poster.Outcome.Refused(String reason) -> {
                    bury(subscription, notification, reason, attempt);
                    return;
                }
                case Poster.Outcome.Failed(String reason) -> {
                    if (last) {
                        bury(subscription, notification, reason, attempt);
                    }
                }
            }
            if (last || !waitForRetry()) {
                return;
            }
        }
    }

    private void bury(Subscription subscription, Notification notification, String reason, int attempts) {
        deadLetters.accept(
                new DeadLetter(subscription.arn(), subscription.endpoint().toString(), notification, reason, attempts));
    }

    private boolean waitForRetry() {
        try {
            Thread.sleep(options.retryDelay());
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Map<String, String> headers(Subscription subscription, Notification notification, boolean raw) {
        Map<String, String> headers = new HashMap<>(Map.of(
                "x-amz-sns-message-type", "Notification",
                "x-amz-sns-message-id", notification.messageId(),
                "x-amz-sns-topic-arn", subscription.topicArn(),
                "x-amz-sns-subscription-arn", subscription.arn()));
        if (raw) {
            headers.put("x-amz-sns-rawdelivery", "true");
        }
        return headers;
    }
}
