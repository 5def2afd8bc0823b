package lull.ingress;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
import lull.contract.json.Json;
import lull.ingress.BodyReader.Body;
import lull.ingress.IngressMetrics.Outcome;
import lull.runtime.sns.SnsMessage;
import lull.runtime.sns.SnsVerifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The door for AWS End User Messaging Social: `POST /webhooks/sns` is where an SNS topic delivers its events.
/// What is believed is decided by SNS's signature; raw delivery has none and is refused.
final class SnsWebhooks {

    private static final String PATH = "/webhooks/sns";
    private static final String RAW_DELIVERY = "x-amz-sns-rawdelivery";

    private static final Logger log = LoggerFactory.getLogger(SnsWebhooks.class);

    private final SnsVerifier verifier;
    private final WebhookReader reader;
    private final Intake intake;
    private final InstantSource clock;

    SnsWebhooks(SnsVerifier verifier, WebhookReader reader, Intake intake, InstantSource clock) {
        this.verifier = verifier;
        this.reader = reader;
        this.intake = intake;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.post(PATH, this::receive);
    }

    private void receive(Context context) throws InterruptedException {
        long start = System.nanoTime();
        if ("true".equals(context.header(RAW_DELIVERY))) {
            log.atWarn().addKeyValue("error", "raw delivery has no signature").log("Notification rejected");
            intake.refuseUnread(context, Outcome.UNSIGNED, HttpStatus.FORBIDDEN, "Raw delivery has no signature");
            return;
        }
        try (InFlight.Hold hold = intake.enter()) {
            switch (intake.read(context, hold)) {
                case Body.Refused refused -> intake.refuse(context, refused);
                case Body.Whole body -> receive(context, verifier.verify(body.bytes()), start);
            }
        }
    }

    private void receive(Context context, SnsMessage message, long start) throws InterruptedException {
        switch (message) {
            case SnsMessage.Notification notification -> {
                byte[] event = Json.utf8(notification.message());
                intake.publish(context, reader.read(event, clock.instant()), start);
            }
            case SnsMessage.SubscriptionConfirmation confirmation -> {
                if (verifier.confirm(confirmation)) {
                    intake.answered(context, Outcome.SUBSCRIPTION);
                } else {
                    intake.unavailable(context, Outcome.UNAVAILABLE, "SNS did not take the confirmation");
                }
            }
            case SnsMessage.UnsubscribeConfirmation(String topicArn) -> {
                log.atError()
                        .addKeyValue("topic", topicArn)
                        .log("The SNS subscription was ended: messages do not arrive");
                intake.answered(context, Outcome.SUBSCRIPTION);
            }
            case SnsMessage.Rejected(String reason) -> {
                log.atWarn().addKeyValue("error", reason).log("Notification rejected");
                intake.refuse(context, Outcome.UNSIGNED, HttpStatus.FORBIDDEN, "Not believed: " + reason);
            }
            case SnsMessage.Unavailable(String reason) -> {
                log.atWarn().addKeyValue("error", reason).log("Notification not checked, SNS will repeat it");
                intake.unavailable(context, Outcome.UNAVAILABLE, "The signature could not be checked; send it again");
            }
        }
    }
}
