package lull.bridge.outbound.events;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import lull.lanes.results.KafkaAcknowledgedProducer;
import lull.runtime.queue.AwsQueue;
import lull.runtime.sns.SnsVerifier;

/// The door for an SQS queue that is subscribed to the SNS topic of chats: what comes while no bridge is there waits
/// in it for days. It wants SNS's envelope, whose signature it checks as the HTTPS door does: raw delivery leaves out
/// the signature, and for whom an event is. What is not to be believed becomes a dead letter.
public final class EventQueue implements AwsQueue.Taker {

    private final SnsNotificationHandler intake;
    private final EventMetrics metrics;

    /// @param verifier must bear notifications that have waited in the queue
    public EventQueue(
            SnsVerifier verifier,
            KafkaAcknowledgedProducer producer,
            LastDeliveryFailure gap,
            InstantSource clock,
            EventMetrics metrics) {
        this(SnsNotificationHandler.Verification.by(verifier), producer, gap, clock, metrics);
    }

    EventQueue(
            SnsNotificationHandler.Verification verifier,
            KafkaAcknowledgedProducer producer,
            LastDeliveryFailure gap,
            InstantSource clock,
            EventMetrics metrics) {
        this.intake = new SnsNotificationHandler(verifier, true, producer, gap, clock);
        this.metrics = metrics;
    }

    @Override
    public boolean take(String body) throws InterruptedException {
        NotificationOutcome exit = intake.take(body.getBytes(StandardCharsets.UTF_8));
        metrics.notificationHandled(exit);
        return exit != NotificationOutcome.UNAVAILABLE;
    }
}
