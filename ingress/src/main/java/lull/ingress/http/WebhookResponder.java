package lull.ingress.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import lull.contract.json.Json;
import lull.contract.message.Source;
import lull.ingress.http.IngressMetrics.Outcome;
import lull.ingress.kafka.Publisher;
import lull.ingress.webhook.IngressRecord;
import lull.ingress.webhook.WebhookReader;
import lull.runtime.http.BodyReader;
import lull.runtime.http.BodyReader.Body;
import lull.runtime.http.BodyReader.Refusal;
import lull.runtime.http.InFlight;
import lull.runtime.trace.Span;
import lull.runtime.trace.SpanKey;
import lull.runtime.trace.SpanName;
import lull.runtime.trace.Tracing;

/// Common part of all routes and queues for webhooks: reads a body within limits, writes its records,
/// and answers 200 after the broker has acknowledged all of them. Safe for several threads.
public final class WebhookResponder {

    /// When the sender should retry records that the broker did not acknowledge, in seconds.
    private static final int RETRY_AFTER_SECONDS = 5;

    private final BodyReader bodies;
    private final InFlight inFlight;
    private final Publisher publisher;
    private final IngressMetrics metrics;
    private final InstantSource clock;
    private final Tracing tracing;

    public WebhookResponder(
            BodyReader bodies,
            InFlight inFlight,
            Publisher publisher,
            IngressMetrics metrics,
            InstantSource clock,
            Tracing tracing) {
        this.bodies = bodies;
        this.inFlight = inFlight;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
        this.tracing = tracing;
    }

    /// Registers an incoming request; close the result after the answer.
    InFlight.Reservation enter() {
        return inFlight.enter();
    }

    Body read(Context context, InFlight.Reservation reservation) {
        return bodies.read(context, reservation);
    }

    /// Writes the records of a webhook from a known sender and answers: 200 if all are acknowledged, 503
    /// otherwise.
    ///
    /// @param start when the request arrived, as `System.nanoTime()`
    void take(Context context, WebhookReader reader, byte[] webhook, long start) throws InterruptedException {
        if (take(reader, webhook, start)) {
            context.status(HttpStatus.OK);
        } else {
            unavailable(context, Outcome.UNAVAILABLE, "The broker did not acknowledge in time; send the webhook again");
        }
    }

    /// Writes the records of a webhook and counts them; returns whether all are acknowledged.
    boolean take(WebhookReader reader, byte[] webhook, long start) throws InterruptedException {
        try (Span span = begin(reader.source())) {
            return write(span, reader.read(webhook, clock.instant(), span.parent()), start);
        }
    }

    /// Begins the span of a request.
    Span begin(Source source) {
        return tracing.begin(SpanName.WEBHOOK, "", List.of())
                .with(SpanKey.DOOR, source.door())
                .with(SpanKey.APP, source.app());
    }

    /// Writes records and counts them; returns whether all are acknowledged.
    ///
    /// @param span of their request
    boolean write(Span span, List<IngressRecord> records, long start) throws InterruptedException {
        span.with(SpanKey.COUNT, records.size());
        if (!publisher.publish(records)) {
            span.failed("The broker did not acknowledge in time");
            return false;
        }
        metrics.acknowledged(records, Duration.ofNanos(System.nanoTime() - start));
        return true;
    }

    void refuse(Context context, Body.Refused refused) {
        Outcome outcome = Outcome.of(refused.refusal());
        if (refused.refusal() == Refusal.OVERLOADED) {
            unavailable(context, outcome, refused.error());
        } else {
            refuse(context, outcome, refused.refusal().status(), refused.error());
        }
    }

    void refuse(Context context, Outcome outcome, HttpStatus status, String error) {
        metrics.answered(outcome);
        answer(context, status, error);
    }

    /// Rejects a request without reading its body.
    void refuseUnread(Context context, Outcome outcome, HttpStatus status, String error) {
        bodies.discard(context);
        refuse(context, outcome, status, error);
    }

    /// Answers on a route that is not configured as if the route did not exist. Does not read the body.
    void closed(Context context) {
        refuse(context, Outcome.CLOSED, HttpStatus.NOT_FOUND, "There is nothing at " + context.path());
    }

    static void answer(Context context, HttpStatus status, String error) {
        context.status(status).contentType("application/json").result(Json.bytes(Map.of("error", error)));
    }

    /// Counts an outcome for which there is no HTTP answer.
    void count(Outcome outcome) {
        metrics.answered(outcome);
    }

    void answered(Context context, Outcome outcome) {
        metrics.answered(outcome);
        context.status(HttpStatus.OK);
    }

    /// Answers 503 with the time after which to retry.
    void unavailable(Context context, Outcome outcome, String error) {
        metrics.answered(outcome);
        context.header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
        answer(context, HttpStatus.SERVICE_UNAVAILABLE, error);
    }
}
