package lull.ingress.http;

import java.nio.charset.StandardCharsets;
import lull.ingress.http.IngressMetrics.Outcome;
import lull.ingress.webhook.WebhookReader;
import lull.runtime.http.InFlight;
import lull.runtime.queue.QueueMessageHandler;

/// Reader of the events of AWS End User Messaging Social from an SQS queue, in SNS's envelope or raw.
/// They stay in the queue while no ingress runs, for as long as the queue keeps them. Safe for several
/// threads.
public final class SqsWebhooks implements QueueMessageHandler {

    private final WebhookReader reader;
    private final WebhookResponder intake;

    public SqsWebhooks(WebhookReader reader, WebhookResponder intake) {
        this.reader = reader;
        this.intake = intake;
    }

    @Override
    public boolean handle(String id, String body) throws InterruptedException {
        long start = System.nanoTime();
        byte[] event = body.getBytes(StandardCharsets.UTF_8);
        try (InFlight.Reservation reservation = intake.enter()) {
            // The queue's policy decides who may send to it.
            reservation.genuine();
            if (!reservation.more(event.length)) {
                intake.count(Outcome.OVERLOADED);
                return false;
            }
            if (!intake.take(reader, event, start)) {
                intake.count(Outcome.UNAVAILABLE);
                return false;
            }
            return true;
        }
    }
}
