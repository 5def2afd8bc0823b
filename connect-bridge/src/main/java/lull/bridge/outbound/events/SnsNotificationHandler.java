package lull.bridge.outbound.events;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import lull.connect.ChatEventParser;
import lull.contract.chat.ChatEvent;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import lull.lanes.results.KafkaAcknowledgedProducer;
import lull.runtime.kafka.NotAcknowledged;
import lull.runtime.log.LogLimit;
import lull.runtime.sns.SnsMessage;
import lull.runtime.trace.Span;
import lull.runtime.trace.SpanKey;
import lull.runtime.trace.SpanName;
import lull.runtime.trace.Tracing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Handler of requests that claim to be from SNS, by port or queue, which verifies them and writes them
/// to `connect.chat.event`. Safe for several threads.
final class SnsNotificationHandler {

    private static final Logger log = LoggerFactory.getLogger(SnsNotificationHandler.class);

    /// Event times that differ by more than this from now are not used as timestamps of records,
    /// because the broker may refuse them.
    private static final Duration BELIEVABLE = Duration.ofHours(1);

    private final LogLimit rejections = new LogLimit(log, System::nanoTime);
    private final SnsVerification verifier;
    private final boolean keepsRejected;
    private final KafkaAcknowledgedProducer producer;
    private final LastDeliveryFailure gap;
    private final InstantSource clock;
    private final Tracing tracing;

    /// @param keepsRejected whether a request that cannot be verified becomes a dead letter too,
    ///     because nobody else keeps it
    SnsNotificationHandler(
            SnsVerification verifier,
            boolean keepsRejected,
            KafkaAcknowledgedProducer producer,
            LastDeliveryFailure gap,
            InstantSource clock,
            Tracing tracing) {
        this.verifier = verifier;
        this.keepsRejected = keepsRejected;
        this.producer = producer;
        this.gap = gap;
        this.clock = clock;
        this.tracing = tracing;
    }

    /// Handles a request. Returns accepted when the broker has it, unavailable if it must be
    /// redelivered.
    NotificationOutcome take(byte[] body) throws InterruptedException {
        return take(body, () -> {});
    }

    /// Handles a request, and reports when it is verified.
    ///
    /// @param believed is run when it is known that the body is genuine
    NotificationOutcome take(byte[] body, Runnable believed) throws InterruptedException {
        try {
            return switch (verifier.verify(body)) {
                case SnsMessage.Notification notification -> {
                    believed.run();
                    yield writeOrLose(notification);
                }
                case SnsMessage.SubscriptionConfirmation confirmation ->
                    verifier.confirm(confirmation) ? NotificationOutcome.CONFIRMED : NotificationOutcome.UNAVAILABLE;
                case SnsMessage.UnsubscribeConfirmation(String topicArn) -> {
                    log.atError()
                            .addKeyValue("topic", topicArn)
                            .log("The SNS subscription was removed: replies do not arrive");
                    yield NotificationOutcome.UNSUBSCRIBED;
                }
                case SnsMessage.Rejected(String reason, boolean isCertificateMissing) -> {
                    rejections.warn("Notification rejected", reason);
                    if (keepsRejected) {
                        if (isCertificateMissing) {
                            // Only SNS may send to the queue, so it may be genuine. Anyone may send to
                            // the HTTP port.
                            gap.maybeHappened();
                        }
                        producer.writeUnreadable(Topics.CHAT_EVENT, body, "Rejected: " + reason);
                    }
                    yield NotificationOutcome.REJECTED;
                }
                case SnsMessage.Unavailable(String reason) -> {
                    rejections.warn("Notification could not be verified; it is redelivered", reason);
                    gap.maybeHappened();
                    yield NotificationOutcome.UNAVAILABLE;
                }
            };
        } catch (NotAcknowledged e) {
            log.atWarn()
                    .addKeyValue("error", e.getMessage())
                    .log("Notification could not be written to Kafka; it is redelivered");
            return NotificationOutcome.UNAVAILABLE;
        }
    }

    /// Writes a notification. Only a notification that SNS has signed and that Kafka does not accept is
    /// known to be missing.
    private NotificationOutcome writeOrLose(SnsMessage.Notification notification) {
        try {
            return write(notification);
        } catch (NotAcknowledged e) {
            gap.happened();
            throw e;
        }
    }

    private NotificationOutcome write(SnsMessage.Notification notification) {
        List<ChatEvent> events;
        try {
            events = ChatEventParser.parse(notification);
        } catch (UnreadableJson e) {
            return refuse(notification.message(), String.valueOf(e.getMessage()));
        }
        try (Span span = tracing.begin(SpanName.CHAT_EVENT, "", List.of())) {
            span.with(SpanKey.COUNT, events.size());
            for (ChatEvent event : events) {
                producer.appendAt(
                        Topics.CHAT_EVENT,
                        event.initialContactId(),
                        event.in(span.parent()),
                        timestamp(event.at()).toEpochMilli());
            }
        }
        return NotificationOutcome.ACCEPTED;
    }

    private NotificationOutcome refuse(String message, String reason) {
        producer.writeUnreadable(Topics.CHAT_EVENT, message.getBytes(StandardCharsets.UTF_8), reason);
        log.atWarn().addKeyValue("error", reason).log("Not a chat event; the notification is now a dead letter");
        return NotificationOutcome.UNREADABLE;
    }

    /// Returns the record's timestamp: the event's time, by which the flow that reads it orders events.
    private Instant timestamp(Instant at) {
        Instant now = clock.instant();
        boolean isNear = at.isAfter(now.minus(BELIEVABLE)) && at.isBefore(now.plus(BELIEVABLE));
        return isNear ? at : now;
    }
}
