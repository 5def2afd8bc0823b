package lull.ingress.action;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.account.AccountFact;
import lull.contract.json.Json;
import lull.ingress.action.ActionMetrics.Outcome;
import lull.runtime.kafka.TopicFollower;
import lull.whatsapp.account.KnownAccounts;

/// Route `GET /accounts`: what WhatsApp has said last about accounts, numbers, templates and flows. It is read from
/// `whatsapp.account`, and calls nothing. Safe for several threads.
public final class AccountRoute {

    private static final String RETRY_SECONDS = "5";

    private final KnownAccounts known;
    private final Optional<TopicFollower> follower;
    private final ActionTokens tokens;
    private final ActionMetrics metrics;
    private final InstantSource clock;

    /// Body of the answer.
    ///
    /// @param customersWithoutMarketing how many customers want no marketing messages, by any of their ids
    private record Body(List<AccountFact> facts, long customersWithoutMarketing) {}

    /// @param known is filled by the follower
    /// @param follower empty if the routes of actions are closed
    public AccountRoute(
            KnownAccounts known,
            Optional<TopicFollower> follower,
            ActionTokens tokens,
            ActionMetrics metrics,
            InstantSource clock) {
        this.known = known;
        this.follower = follower;
        this.tokens = tokens;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Adds the route.
    public void register(RoutesConfig routes) {
        routes.get("/accounts", this::answer);
    }

    private void answer(Context context) {
        if (follower.isEmpty()) {
            refuse(context, Outcome.UNKNOWN, HttpStatus.NOT_FOUND, ActionRoutes.CLOSED);
            return;
        }
        if (tokens.of(context.header("Authorization")).isEmpty()) {
            context.header("WWW-Authenticate", "Bearer");
            refuse(context, Outcome.UNAUTHORIZED, HttpStatus.UNAUTHORIZED, ActionRoutes.NO_TOKEN);
            return;
        }
        String wanted = Optional.ofNullable(context.queryParam("problems")).orElse("false");
        if (!wanted.equals("true") && !wanted.equals("false")) {
            refuse(context, Outcome.MALFORMED, HttpStatus.BAD_REQUEST, "problems must be true or false");
            return;
        }
        Optional<String> problem = follower.get().problem();
        if (problem.isPresent()) {
            context.header("Retry-After", RETRY_SECONDS);
            refuse(
                    context,
                    Outcome.LATER,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "Not everything is known at present: " + problem.get());
            return;
        }
        metrics.answered(Outcome.LISTED);
        respond(context, HttpStatus.OK, body(wanted.equals("true")));
    }

    private Body body(boolean onlyProblems) {
        Instant now = clock.instant();
        return new Body(
                known.all(now).stream()
                        .filter(fact -> !onlyProblems || fact.isProblemAt(now))
                        .toList(),
                known.unwanting());
    }

    private void refuse(Context context, Outcome outcome, HttpStatus status, String error) {
        metrics.answered(outcome);
        respond(context, status, Map.of("error", error));
    }

    private static void respond(Context context, HttpStatus status, Object body) {
        context.status(status).contentType("application/json").result(Json.bytes(body));
    }
}
