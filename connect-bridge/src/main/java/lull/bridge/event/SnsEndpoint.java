package lull.bridge.event;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.time.InstantSource;
import lull.bridge.journal.KafkaJournal;
import lull.bridge.metric.BridgeMetrics;
import lull.bridge.metric.BridgeMetrics.NotificationExit;
import lull.runtime.http.HttpServers;
import lull.runtime.http.ListenAddress;
import lull.runtime.sns.SnsVerifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /sns/connect`: where SNS delivers what happens in chats. 200 once Kafka has it, 403 for what is not to
/// be believed, 413 for too much, and 503, which SNS repeats, for our own trouble.
public final class SnsEndpoint implements AutoCloseable {

    /// The path of the endpoint.
    public static final String PATH = "/sns/connect";

    private static final Logger log = LoggerFactory.getLogger(SnsEndpoint.class);

    private final EventIntake intake;
    private final int maxBodyBytes;
    private final BridgeMetrics metrics;
    private final Javalin server;

    SnsEndpoint(
            ListenAddress address,
            int maxBodyBytes,
            EventIntake.Verification verifier,
            KafkaJournal journal,
            ReceiverGap gap,
            InstantSource clock,
            BridgeMetrics metrics) {
        this.intake = new EventIntake(verifier, false, journal, gap, clock);
        this.maxBodyBytes = maxBodyBytes;
        this.metrics = metrics;
        this.server = HttpServers.start(
                HttpServers.create(config -> {
                    config.http.maxRequestSize = maxBodyBytes;
                    config.routes.post(PATH, this::receive);
                }),
                address);
    }

    /// Serves at an address.
    public static SnsEndpoint start(
            ListenAddress address,
            int maxBodyBytes,
            SnsVerifier verifier,
            KafkaJournal journal,
            ReceiverGap gap,
            InstantSource clock,
            BridgeMetrics metrics) {
        return new SnsEndpoint(
                address, maxBodyBytes, EventIntake.Verification.by(verifier), journal, gap, clock, metrics);
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
            log.atWarn().addKeyValue("error", "raw delivery has no signature").log("Notification rejected");
            answer(context, HttpStatus.FORBIDDEN, NotificationExit.REJECTED);
            return;
        }
        NotificationExit exit = intake.take(body);
        answer(context, status(exit), exit);
    }

    private static HttpStatus status(NotificationExit exit) {
        return switch (exit) {
            case ACCEPTED, CONFIRMED, UNSUBSCRIBED, UNREADABLE -> HttpStatus.OK;
            case REJECTED -> HttpStatus.FORBIDDEN;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }

    private void answer(Context context, HttpStatus status, NotificationExit exit) {
        metrics.notificationLeft(exit);
        context.status(status);
    }
}
