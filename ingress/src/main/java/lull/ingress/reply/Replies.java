package lull.ingress.reply;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.json.Json;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent.Media;
import lull.contract.topic.Topics;
import lull.contract.trace.TraceParent;
import lull.ingress.kafka.RecordPublisher;
import lull.ingress.reply.ReplyFiles.Uploaded;
import lull.ingress.reply.ReplyMetrics.Outcome;
import lull.ingress.reply.ReplyReader.ReadResult;
import lull.ingress.webhook.IngressRecord;
import lull.runtime.BearerTokens;
import lull.runtime.http.BodyReader;
import lull.runtime.http.BodyReader.Body;
import lull.runtime.http.InFlight;
import lull.runtime.trace.Span;
import lull.runtime.trace.SpanName;
import lull.runtime.trace.Tracing;
import org.jspecify.annotations.Nullable;

/// Routes for applications: `POST /replies` writes a message for a customer to
/// `whatsapp.reply.requested`, from which it is sent like an agent's reply, and `POST /conversations` a
/// template with what an agent should know when the customer answers. Safe for several threads.
public final class Replies {

    private static final String PATH = "/replies";
    private static final String CONVERSATIONS = "/conversations";

    private static final String RETRY_SECONDS = "5";

    private final Options options;
    private final ReplyReader reader;
    private final BodyReader bodies;
    private final InFlight inFlight;
    private final RecordPublisher publisher;
    private final ReplyMetrics metrics;
    private final InstantSource clock;
    private final IdempotencyKeys keys;
    private final Optional<ReplyFiles> files;
    private final Tracing tracing;

    /// Configuration of the route.
    ///
    /// @param tokens each of them is accepted; without any the route is closed
    /// @param hasStatus whether an answer names the route that tells what became of the reply
    public record Options(BearerTokens tokens, int maxBodyBytes, boolean hasStatus) {}

    /// Reader of the body of one of the routes.
    @FunctionalInterface
    private interface RequestReader {
        ReadResult read(@Nullable String idempotencyKey, byte[] body, Instant requestedAt);
    }

    /// @param files uploads the files of forms; empty if forms are refused
    public Replies(
            Options options,
            ReplyReader reader,
            IdempotencyKeys keys,
            BodyReader bodies,
            Optional<ReplyFiles> files,
            InFlight inFlight,
            RecordPublisher publisher,
            ReplyMetrics metrics,
            InstantSource clock,
            Tracing tracing) {
        this.options = options;
        this.reader = reader;
        this.keys = keys;
        this.bodies = bodies;
        this.files = files;
        this.inFlight = inFlight;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
        this.tracing = tracing;
    }

    public void register(RoutesConfig routes) {
        routes.post(PATH, this::request);
        routes.post(CONVERSATIONS, this::begin);
    }

    private void request(Context context) throws InterruptedException {
        if (!isAdmitted(context, PATH)) {
            return;
        }
        if (ReplyForm.isForm(context.contentType())) {
            readForm(context, String.valueOf(context.contentType()));
        } else {
            readBody(context, reader::read);
        }
    }

    private void begin(Context context) throws InterruptedException {
        if (!isAdmitted(context, CONVERSATIONS)) {
            return;
        }
        if (ReplyForm.isForm(context.contentType())) {
            turnAway(
                    context,
                    Outcome.ENCODED,
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "POST /conversations accepts no files. Give a link to the file of a template's header instead");
        } else {
            readBody(context, reader::readBeginning);
        }
    }

    private boolean isAdmitted(Context context, String path) {
        if (!options.tokens().isOpen()) {
            refuse(
                    context,
                    Outcome.CLOSED,
                    HttpStatus.NOT_FOUND,
                    "POST " + path + " is closed: " + ReplySettings.TOKENS.name() + " contains no token");
            return false;
        }
        if (!options.tokens().admits(context.header("Authorization"))) {
            context.header("WWW-Authenticate", "Bearer");
            turnAway(
                    context,
                    Outcome.UNAUTHORIZED,
                    HttpStatus.UNAUTHORIZED,
                    "A request needs the header Authorization: Bearer <token>, with a token of "
                            + ReplySettings.TOKENS.name());
            return false;
        }
        return true;
    }

    private void readForm(Context context, String contentType) throws InterruptedException {
        if (files.isEmpty()) {
            turnAway(
                    context,
                    Outcome.ENCODED,
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "POST /replies accepts no files, because replies.files is false. Give a link to the file instead");
            return;
        }
        try (InFlight.Reservation reservation = inFlight.enter()) {
            switch (files.get().bodies().read(context, reservation)) {
                case Body.Refused refused -> refuse(context, refused);
                case Body.Complete body -> {
                    reservation.genuine();
                    // The parts are copies.
                    if (reservation.more(body.bytes().length)) {
                        readForm(context, ReplyForm.parse(contentType, body.bytes()), files.get());
                    } else {
                        retryLater(context, Outcome.OVERLOADED, "Too many requests are in progress; send it again");
                    }
                }
            }
        }
    }

    private void readForm(Context context, ReplyForm.Parsed parsed, ReplyFiles uploads) throws InterruptedException {
        switch (parsed) {
            case ReplyForm.Parsed.Wrong(String problem) -> malformed(context, List.of(problem));
            case ReplyForm.Parsed.Form(ReplyForm form) -> {
                switch (reader.readForm(context.header("Idempotency-Key"), form, uploads.maxBytes(), clock.instant())) {
                    case ReadResult.Wrong(List<String> problems) -> malformed(context, problems);
                    case ReadResult.Asked(Reply reply) when !keys.admits(reply) -> conflict(context);
                    case ReadResult.Asked(Reply reply) -> upload(context, reply, form.file(), uploads);
                }
            }
        }
    }

    private void upload(Context context, Reply reply, ReplyForm.Attached file, ReplyFiles uploads)
            throws InterruptedException {
        if (!(reply.content() instanceof Media media)) {
            throw new IllegalStateException("A form was read without a file");
        }
        switch (uploads.upload(reply, media, file)) {
            case Uploaded.Done(Reply uploaded) -> write(context, uploaded);
            case Uploaded.Refused(String error) ->
                refuse(context, Outcome.FILE_REFUSED, HttpStatus.UNPROCESSABLE_CONTENT, error);
            case Uploaded.Misconfigured(String error) ->
                refuse(context, Outcome.FILE_MISCONFIGURED, HttpStatus.BAD_GATEWAY, error);
            case Uploaded.Retry(String error) -> retryLater(context, Outcome.FILE_LATER, error);
        }
    }

    private void readBody(Context context, RequestReader requests) throws InterruptedException {
        try (InFlight.Reservation reservation = inFlight.enter()) {
            switch (bodies.read(context, reservation)) {
                case Body.Refused refused -> refuse(context, refused);
                case Body.Complete body -> {
                    reservation.genuine();
                    read(context, requests, body.bytes());
                }
            }
        }
    }

    private void read(Context context, RequestReader requests, byte[] body) throws InterruptedException {
        switch (requests.read(context.header("Idempotency-Key"), body, clock.instant())) {
            case ReadResult.Asked(Reply reply) -> publish(context, reply);
            case ReadResult.Wrong(List<String> problems) -> malformed(context, problems);
        }
    }

    private void malformed(Context context, List<String> problems) {
        metrics.answered(Outcome.MALFORMED);
        answer(context, HttpStatus.BAD_REQUEST, Map.of("error", "The request is invalid", "problems", problems));
    }

    private void publish(Context context, Reply reply) throws InterruptedException {
        if (keys.admits(reply)) {
            write(context, reply);
        } else {
            conflict(context);
        }
    }

    private void conflict(Context context) {
        refuse(
                context,
                Outcome.CONFLICT,
                HttpStatus.CONFLICT,
                "This Idempotency-Key has been used for another request in this conversation, so this request"
                        + " is rejected. Send a new reply with a new Idempotency-Key");
    }

    private void write(Context context, Reply reply) throws InterruptedException {
        if (publish(reply, Tracing.ofHeader(context.header("traceparent")))) {
            metrics.answered(Outcome.ACCEPTED);
            answer(context, HttpStatus.ACCEPTED, accepted(reply.id()));
        } else {
            retryLater(
                    context,
                    Outcome.UNAVAILABLE,
                    "The broker did not acknowledge in time; send the request again with the same Idempotency-Key");
        }
    }

    private boolean publish(Reply reply, Optional<TraceParent> caller) throws InterruptedException {
        try (Span span =
                tracing.begin(SpanName.REPLY_REQUEST, "", caller.stream().toList())) {
            return publisher.publish(
                    List.of(record(reply.causedBy(span.parent().stream().toList()))));
        }
    }

    private void retryLater(Context context, Outcome outcome, String error) {
        context.header("Retry-After", RETRY_SECONDS);
        refuse(context, outcome, HttpStatus.SERVICE_UNAVAILABLE, error);
    }

    private Map<String, String> accepted(String id) {
        return options.hasStatus() ? Map.of("id", id, "status", PATH + "/" + id) : Map.of("id", id);
    }

    /// Returns the record of a reply.
    public static IngressRecord record(Reply reply) {
        return new IngressRecord(
                Topics.REPLY_REQUESTED.name(),
                IngressRecord.Kind.REPLY,
                reply.conversation().toString(),
                Json.bytes(reply),
                Map.of());
    }

    /// Rejects a request without reading its body.
    private void turnAway(Context context, Outcome outcome, HttpStatus status, String error) {
        bodies.discard(context);
        refuse(context, outcome, status, error);
    }

    private void refuse(Context context, Body.Refused refused) {
        Outcome outcome = Outcome.of(refused.refusal());
        if (outcome == Outcome.OVERLOADED) {
            context.header("Retry-After", RETRY_SECONDS);
        }
        refuse(context, outcome, refused.refusal().status(), refused.error());
    }

    private void refuse(Context context, Outcome outcome, HttpStatus status, String error) {
        metrics.answered(outcome);
        answer(context, status, Map.of("error", error));
    }

    private static void answer(Context context, HttpStatus status, Map<String, ?> body) {
        context.status(status).contentType("application/json").result(Json.bytes(body));
    }
}
