package lull.bridge.outbound.events;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import lull.lanes.results.KafkaAcknowledgedProducer;
import lull.runtime.http.BodyReader;
import lull.runtime.http.BodyReader.Body;
import lull.runtime.http.BodyReader.Refusal;
import lull.runtime.http.HttpPort;
import lull.runtime.http.InFlight;
import lull.runtime.log.LogLimit;
import lull.runtime.sns.SnsVerifier;
import lull.runtime.trace.Tracing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// HTTP endpoint `POST /sns/connect`, to which SNS delivers the events of chats. It answers 200 when
/// Kafka has the event, 403 if the request cannot be verified, 4xx if the body is not accepted, and
/// 503, after which SNS retries, if it cannot handle the request now. Safe for several threads.
public final class SnsEndpoint implements AutoCloseable {

    /// The path of the endpoint.
    public static final String PATH = "/sns/connect";

    private static final Logger log = LoggerFactory.getLogger(SnsEndpoint.class);

    private final LogLimit rejections = new LogLimit(log, System::nanoTime);
    private final SnsNotificationHandler intake;
    private final BodyReader bodies;
    private final InFlight inFlight;
    private final EventMetrics metrics;
    private final HttpPort server;

    /// Limits that keep the process alive, whatever clients post.
    ///
    /// @param keyStore empty means without TLS
    public record Guards(
            HttpPort.Options options,
            Optional<HttpPort.KeyStore> keyStore,
            BodyReader bodies,
            InFlight inFlight,
            MeterRegistry registry) {}

    SnsEndpoint(
            Guards guards,
            SnsVerification verifier,
            KafkaAcknowledgedProducer producer,
            LastDeliveryFailure gap,
            InstantSource clock,
            EventMetrics metrics,
            Tracing tracing) {
        this.intake = new SnsNotificationHandler(verifier, false, producer, gap, clock, tracing);
        this.bodies = guards.bodies();
        this.inFlight = guards.inFlight();
        this.metrics = metrics;
        this.server = HttpPort.start(
                guards.options(),
                guards.keyStore(),
                inFlight,
                guards.registry(),
                routes -> routes.post(PATH, this::receive));
    }

    /// Starts the endpoint with these guards.
    public static SnsEndpoint start(
            Guards guards,
            SnsVerifier verifier,
            KafkaAcknowledgedProducer producer,
            LastDeliveryFailure gap,
            InstantSource clock,
            EventMetrics metrics,
            Tracing tracing) {
        return new SnsEndpoint(guards, SnsVerification.by(verifier), producer, gap, clock, metrics, tracing);
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    private void receive(Context context) throws InterruptedException {
        if ("true".equals(context.header("x-amz-sns-rawdelivery"))) {
            rejections.warn("Notification rejected", "raw message delivery has no signature");
            bodies.discard(context);
            answer(context, HttpStatus.FORBIDDEN, NotificationOutcome.REJECTED);
            return;
        }
        try (InFlight.Reservation reservation = inFlight.enter()) {
            switch (bodies.read(context, reservation)) {
                case Body.Refused refused -> answer(context, refused.refusal().status(), exit(refused.refusal()));
                case Body.Complete body -> {
                    NotificationOutcome exit = intake.take(body.bytes(), reservation::genuine);
                    answer(context, status(exit), exit);
                }
            }
        }
    }

    private static NotificationOutcome exit(Refusal refusal) {
        return switch (refusal) {
            case TOO_LARGE -> NotificationOutcome.TOO_LARGE;
            case ENCODED -> NotificationOutcome.ENCODED;
            case BROKEN -> NotificationOutcome.BROKEN;
            case SLOW -> NotificationOutcome.SLOW;
            case OVERLOADED -> NotificationOutcome.OVERLOADED;
        };
    }

    private static HttpStatus status(NotificationOutcome exit) {
        return switch (exit) {
            case ACCEPTED, CONFIRMED, UNSUBSCRIBED, UNREADABLE -> HttpStatus.OK;
            case REJECTED -> HttpStatus.FORBIDDEN;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case ENCODED -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
            case BROKEN -> HttpStatus.BAD_REQUEST;
            case SLOW -> HttpStatus.REQUEST_TIMEOUT;
            case OVERLOADED, UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }

    private void answer(Context context, HttpStatus status, NotificationOutcome exit) {
        metrics.notificationHandled(exit);
        context.status(status);
    }
}
