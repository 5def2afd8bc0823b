package lull.ingress.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import lull.contract.json.Json;
import lull.ingress.http.IngressMetrics.Outcome;
import lull.ingress.webhook.WebhookReader;
import lull.runtime.http.BodyReader;
import lull.runtime.http.BodyReader.Body;
import lull.runtime.http.InFlight;
import lull.runtime.log.LogLimit;
import lull.runtime.sns.SnsMessage;
import lull.runtime.sns.SnsVerifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Route for AWS End User Messaging Social: an SNS topic posts its events to `/webhooks/sns`. A
/// notification is accepted if SNS's signature is valid; raw message delivery has no signature and is
/// rejected. If no topic is configured, the answer is 404. Safe for several threads.
public final class SnsWebhooks {

    private static final String PATH = "/webhooks/sns";
    private static final String RAW_DELIVERY = "x-amz-sns-rawdelivery";

    private static final Logger log = LoggerFactory.getLogger(SnsWebhooks.class);

    private final LogLimit rejections = new LogLimit(log, System::nanoTime);
    private final Optional<SnsVerifier> verifier;
    private final BodyReader bodies;
    private final WebhookReader reader;
    private final WebhookResponder intake;

    /// @param verifier empty if no topic is configured
    /// @param bodies reads envelopes
    public SnsWebhooks(
            Optional<SnsVerifier> verifier, BodyReader bodies, WebhookReader reader, WebhookResponder intake) {
        this.verifier = verifier;
        this.bodies = bodies;
        this.reader = reader;
        this.intake = intake;
    }

    public void register(RoutesConfig routes) {
        routes.post(PATH, this::receive);
    }

    private void receive(Context context) throws InterruptedException {
        long start = System.nanoTime();
        if (verifier.isEmpty()) {
            rejections.warn("Notification rejected", "eum.topic.arns contains no topic, so /webhooks/sns is closed");
            intake.closed(context);
            return;
        }
        if ("true".equals(context.header(RAW_DELIVERY))) {
            rejections.warn("Notification rejected", "raw message delivery has no signature");
            intake.refuseUnread(
                    context, Outcome.UNSIGNED, HttpStatus.FORBIDDEN, "Raw message delivery has no signature");
            return;
        }
        try (InFlight.Reservation reservation = intake.enter()) {
            switch (bodies.read(context, reservation)) {
                case Body.Refused refused -> intake.refuse(context, refused);
                case Body.Complete body -> receive(context, verifier.get(), body.bytes(), reservation, start);
            }
        }
    }

    private void receive(
            Context context, SnsVerifier verifier, byte[] body, InFlight.Reservation reservation, long start)
            throws InterruptedException {
        SnsMessage message = verifier.verify(body);
        switch (message) {
            case SnsMessage.Notification notification -> {
                reservation.genuine();
                byte[] event = Json.utf8(notification.message());
                intake.take(context, reader, event, start);
            }
            case SnsMessage.SubscriptionConfirmation confirmation -> {
                if (verifier.confirm(confirmation)) {
                    intake.answered(context, Outcome.SUBSCRIPTION);
                } else {
                    intake.unavailable(context, Outcome.UNAVAILABLE, "SNS did not accept the confirmation");
                }
            }
            case SnsMessage.UnsubscribeConfirmation(String topicArn) -> {
                log.atError()
                        .addKeyValue("topic", topicArn)
                        .log("The SNS subscription was removed: messages do not arrive");
                intake.answered(context, Outcome.SUBSCRIPTION);
            }
            case SnsMessage.Rejected(String reason, boolean _) -> {
                rejections.warn("Notification rejected", reason);
                intake.refuse(context, Outcome.UNSIGNED, HttpStatus.FORBIDDEN, "Rejected: " + reason);
            }
            case SnsMessage.Unavailable(String reason) -> {
                rejections.warn("Notification could not be verified; SNS redelivers it", reason);
                intake.unavailable(context, Outcome.UNAVAILABLE, "The signature could not be verified; send it again");
            }
        }
    }
}
