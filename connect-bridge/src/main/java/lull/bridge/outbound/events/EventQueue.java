package lull.bridge.outbound.events;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import lull.lanes.results.KafkaAcknowledgedProducer;
import lull.runtime.queue.QueueMessageHandler;
import lull.runtime.sns.SnsVerifier;
import lull.runtime.trace.Tracing;

/// Reader of the SQS queue that is subscribed to the SNS topic of chats. Events stay in it for days
/// while no bridge runs. It needs SNS's envelope and checks its signature as the HTTPS endpoint does:
/// raw message delivery has neither the signature nor the attribute that says who may see an event.
/// What cannot be verified becomes a dead letter.
public final class EventQueue implements QueueMessageHandler {

    private final SnsNotificationHandler intake;
    private final EventMetrics metrics;

    /// @param verifier must accept notifications that have waited in the queue
    public EventQueue(
            SnsVerifier verifier,
            KafkaAcknowledgedProducer producer,
            LastDeliveryFailure gap,
            InstantSource clock,
            EventMetrics metrics,
            Tracing tracing) {
        this(SnsVerification.by(verifier), producer, gap, clock, metrics, tracing);
    }

    EventQueue(
            SnsVerification verifier,
            KafkaAcknowledgedProducer producer,
            LastDeliveryFailure gap,
            InstantSource clock,
            EventMetrics metrics,
            Tracing tracing) {
        this.intake = new SnsNotificationHandler(verifier, true, producer, gap, clock, tracing);
        this.metrics = metrics;
    }

    @Override
    public boolean handle(String id, String body) throws InterruptedException {
        NotificationOutcome exit = intake.take(body.getBytes(StandardCharsets.UTF_8));
        metrics.notificationHandled(exit);
        return exit != NotificationOutcome.UNAVAILABLE;
    }
}
