package lull.ingress.reply.status;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import lull.contract.json.Json;
import lull.ingress.reply.ReplySettings;
import lull.ingress.reply.status.StatusMetrics.Outcome;
import lull.runtime.BearerTokens;
import lull.runtime.http.InFlight;
import lull.runtime.kafka.NotAcknowledged;

/// Route for applications: `GET /replies/{id}` answers what became of a reply. It has the tokens of
/// `POST /replies`. Safe for several threads.
public final class StatusRoute {

    private static final String PATH = "/replies/{id}";

    private static final String RETRY_SECONDS = "5";

    private final BearerTokens tokens;
    private final Optional<ReplyStatusLookup> source;
    private final InFlight inFlight;
    private final StatusMetrics metrics;

    /// @param tokens each of them is accepted; without any the route is closed
    /// @param follower empty if statuses are not followed; the route is closed then
    public StatusRoute(
            BearerTokens tokens, Optional<ReplyFollower> follower, InFlight inFlight, StatusMetrics metrics) {
        this(tokens, inFlight, metrics, follower.map(one -> one));
    }

    StatusRoute(BearerTokens tokens, InFlight inFlight, StatusMetrics metrics, Optional<ReplyStatusLookup> source) {
        this.tokens = tokens;
        this.source = source;
        this.inFlight = inFlight;
        this.metrics = metrics;
    }

    public void register(RoutesConfig routes) {
        routes.get(PATH, this::answer);
    }

    private void answer(Context context) throws InterruptedException {
        if (!tokens.isOpen()) {
            refuse(
                    context,
                    Outcome.CLOSED,
                    HttpStatus.NOT_FOUND,
                    "GET /replies/{id} is closed: " + ReplySettings.TOKENS.name() + " contains no token");
        } else if (!tokens.admits(context.header("Authorization"))) {
            context.header("WWW-Authenticate", "Bearer");
            refuse(
                    context,
                    Outcome.UNAUTHORIZED,
                    HttpStatus.UNAUTHORIZED,
                    "A request needs the header Authorization: Bearer <token>, with a token of "
                            + ReplySettings.TOKENS.name());
        } else if (source.isEmpty()) {
            refuse(
                    context,
                    Outcome.CLOSED,
                    HttpStatus.NOT_FOUND,
                    "GET /replies/{id} is closed: replies.status is false");
        } else {
            try (InFlight.Reservation _ = inFlight.enter()) {
                find(context, source.get());
            }
        }
    }

    private void find(Context context, ReplyStatusLookup known) throws InterruptedException {
        Optional<String> problem = known.problem();
        if (problem.isPresent()) {
            retryLater(context, "The statuses of replies are not known yet: " + problem.get());
            return;
        }
        try {
            Optional<ReplyStatus> status = known.find(context.pathParam("id"));
            if (status.isPresent()) {
                metrics.answered(Outcome.KNOWN);
                answer(context, HttpStatus.OK, status.get());
            } else {
                metrics.answered(Outcome.UNKNOWN);
                answer(context, HttpStatus.NOT_FOUND, unknown(known.since()));
            }
        } catch (NotAcknowledged e) {
            retryLater(context, "Kafka could not be asked in time whether there is such a reply");
        }
    }

    private static Map<String, ?> unknown(Instant since) {
        return Map.of(
                "error",
                "No reply with this id is known. This process knows the replies of applications since " + since
                        + "; what became of earlier ones is in whatsapp.reply.sent",
                "since",
                since);
    }

    private void retryLater(Context context, String error) {
        context.header("Retry-After", RETRY_SECONDS);
        refuse(context, Outcome.UNAVAILABLE, HttpStatus.SERVICE_UNAVAILABLE, error + ". Ask again later");
    }

    private void refuse(Context context, Outcome outcome, HttpStatus status, String error) {
        metrics.answered(outcome);
        answer(context, status, Map.of("error", error));
    }

    private static void answer(Context context, HttpStatus status, Object body) {
        context.status(status).contentType("application/json").result(Json.bytes(body));
    }
}
