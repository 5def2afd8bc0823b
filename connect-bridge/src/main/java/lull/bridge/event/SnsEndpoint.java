package lull.bridge.event;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.time.InstantSource;
import lull.bridge.journal.JournalUnavailable;
import lull.bridge.journal.KafkaJournal;
import lull.bridge.metric.BridgeMetrics;
import lull.bridge.metric.BridgeMetrics.NotificationExit;
import lull.runtime.sns.SnsMessage;
import lull.runtime.sns.SnsVerifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /sns/connect`: where SNS delivers what happens in chats. 200 once Kafka has it, 403 for what is not to
/// be believed, 413 for too much, and 503, which SNS repeats, for our own trouble.
public final class SnsEndpoint implements AutoCloseable {

    /// The path of the endpoint.
    public static final String PATH = "/sns/connect";

    private static final Logger log = LoggerFactory.getLogger(SnsEndpoint.class);

    private final Verification verifier;
    private final EventIntake intake;
    private final int maxBodyBytes;
    private final BridgeMetrics metrics;
    private final Javalin server;

    /// What tells whether a request is from SNS, as [SnsVerifier] does.
    interface Verification {

        SnsMessage verify(byte[] body);

        boolean confirm(SnsMessage.SubscriptionConfirmation confirmation) throws InterruptedException;
    }

    SnsEndpoint(
            int port,
            int maxBodyBytes,
            Verification verifier,
            KafkaJournal journal,
            InstantSource clock,
            BridgeMetrics metrics) {
        this.verifier = verifier;
        this.intake = new EventIntake(journal, clock);
        this.maxBodyBytes = maxBodyBytes;
        this.metrics = metrics;
        this.server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.concurrency.useVirtualThreads = true;
                    config.http.maxRequestSize = maxBodyBytes;
                    config.routes.post(PATH, this::receive);
                })
                .start(port);
    }

    /// Serves on a port; 0 takes a free one.
    public static SnsEndpoint start(
            int port,
            int maxBodyBytes,
            SnsVerifier verifier,
            KafkaJournal journal,
            InstantSource clock,
            BridgeMetrics metrics) {
        Verification verification = new Verification() {
            @Override
            public SnsMessage verify(byte[] body) {
                return verifier.verify(body);
            }

            @Override
            public boolean confirm(SnsMessage.SubscriptionConfirmation confirmation) throws InterruptedException {
                return verifier.confirm(confirmation);
            }
        };
        return new SnsEndpoint(port, maxBodyBytes, verification, journal, clock, metrics);
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void receive(Context context) throws IOException, InterruptedException {
        byte[] body = context.req().getInputStream().readNBytes(maxBodyBytes + 1);
        if (body.length > maxBodyBytes) {
            answer(context, HttpStatus.CONTENT_TOO_LARGE, NotificationExit.TOO_LARGE);
            return;
        }
        if ("true".equals(context.header("x-amz-sns-rawdelivery"))) {
            reject(context, "raw delivery has no signature");
            return;
        }
        try {
            handle(context, verifier.verify(body));
        } catch (JournalUnavailable e) {
            log.atWarn().addKeyValue("error", e.getMessage()).log("Notification not taken, SNS will repeat it");
            answer(context, HttpStatus.SERVICE_UNAVAILABLE, NotificationExit.UNAVAILABLE);
        }
    }

    private void handle(Context context, SnsMessage message) throws InterruptedException {
        switch (message) {
            case SnsMessage.Notification notification -> answer(context, HttpStatus.OK, intake.take(notification));
            case SnsMessage.SubscriptionConfirmation confirmation -> confirm(context, confirmation);
            case SnsMessage.UnsubscribeConfirmation(String topicArn) -> {
                log.atError()
                        .addKeyValue("topic", topicArn)
                        .log("The SNS subscription was ended: replies do not arrive");
                answer(context, HttpStatus.OK, NotificationExit.UNSUBSCRIBED);
            }
            case SnsMessage.Rejected(String reason) -> reject(context, reason);
            case SnsMessage.Unavailable(String reason) -> {
                log.atWarn().addKeyValue("error", reason).log("Notification not checked, SNS will repeat it");
                answer(context, HttpStatus.SERVICE_UNAVAILABLE, NotificationExit.UNAVAILABLE);
            }
        }
    }

    private void confirm(Context context, SnsMessage.SubscriptionConfirmation confirmation)
            throws InterruptedException {
        if (verifier.confirm(confirmation)) {
            answer(context, HttpStatus.OK, NotificationExit.CONFIRMED);
        } else {
            answer(context, HttpStatus.SERVICE_UNAVAILABLE, NotificationExit.UNAVAILABLE);
        }
    }

    private void reject(Context context, String reason) {
        log.atWarn().addKeyValue("error", reason).log("Notification rejected");
        answer(context, HttpStatus.FORBIDDEN, NotificationExit.REJECTED);
    }

    private void answer(Context context, HttpStatus status, NotificationExit exit) {
        metrics.notificationLeft(exit);
        context.status(status);
    }
}
