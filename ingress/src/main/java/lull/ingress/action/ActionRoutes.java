package lull.ingress.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import lull.contract.ActionPerformed;
import lull.contract.ActionPerformed.State;
import lull.contract.json.Json;
import lull.contract.json.JsonReader;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import lull.ingress.action.ActionMetrics.Outcome;
import lull.ingress.action.ActionTokens.Client;
import lull.ingress.kafka.RecordPublisher;
import lull.ingress.webhook.IngressRecord;
import lull.runtime.Sha256;
import lull.runtime.http.BodyReader;
import lull.runtime.http.BodyReader.Body;
import lull.runtime.http.InFlight;
import lull.runtime.kafka.NotAcknowledged;
import lull.runtime.settings.Nearest;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.ActionRunner;
import lull.whatsapp.action.ActionValidation;
import lull.whatsapp.action.UnavailableAction;
import lull.whatsapp.action.registry.Actions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Routes of actions: `GET /actions` lists them, `GET /actions/{name}` describes one, `POST /actions/{name}` performs
/// one. A change is recorded before and after the call, so that a repeated request is not performed twice. Safe for
/// several threads.
public final class ActionRoutes {

    static final String CLOSED =
            "The routes of actions are closed: " + ActionSettings.TOKENS.name() + " contains no token";
    static final String NO_TOKEN =
            "A request needs the header Authorization: Bearer <token>, with a token of " + ActionSettings.TOKENS.name();
    private static final String LIST = "/actions";
    private static final String ONE = "/actions/{name}";
    private static final String RETRY_SECONDS = "5";
    private static final int LONGEST_KEY = 256;
    private static final int DEPTH = 64;
    private static final Logger log = LoggerFactory.getLogger(ActionRoutes.class);

    private static final JsonReader READER = JsonReader.within(JsonReader.Options.USUAL.withDepth(DEPTH));

    private final Options options;
    private final Optional<ActionRunner> runner;
    private final Optional<PerformedActions> performed;
    private final BodyReader bodies;
    private final InFlight inFlight;
    private final RecordPublisher publisher;
    private final ActionMetrics metrics;
    private final InstantSource clock;

    /// Options of the routes.
    ///
    /// @param tokens without any the routes are closed
    /// @param defaults parameters of actions that name none, such as the business number
    public record Options(ActionTokens tokens, int maxBodyBytes, Map<String, String> defaults) {
        public Options {
            defaults = Map.copyOf(defaults);
        }
    }

    /// @param runner empty if the routes are closed
    /// @param performed empty if the routes are closed
    public ActionRoutes(
            Options options,
            Optional<ActionRunner> runner,
            Optional<PerformedActions> performed,
            BodyReader bodies,
            InFlight inFlight,
            RecordPublisher publisher,
            ActionMetrics metrics,
            InstantSource clock) {
        this.options = options;
        this.runner = runner;
        this.performed = performed;
        this.bodies = bodies;
        this.inFlight = inFlight;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Adds the routes.
    public void register(RoutesConfig routes) {
        routes.get(LIST, context -> admitted(context).ifPresent(_ -> list(context)));
        routes.get(ONE, context -> admitted(context).ifPresent(_ -> describe(context)));
        routes.post(ONE, context -> {
            Optional<Client> client = admitted(context);
            if (client.isPresent()) {
                perform(context, client.get());
            }
        });
    }

    /// The client of a request; if there is none, the request is answered.
    private Optional<Client> admitted(Context context) {
        if (runner.isEmpty()) {
            bodies.discard(context);
            refuse(context, Outcome.UNKNOWN, HttpStatus.NOT_FOUND, CLOSED);
            return Optional.empty();
        }
        Optional<Client> client = options.tokens().of(context.header("Authorization"));
        if (client.isEmpty()) {
            bodies.discard(context);
            context.header("WWW-Authenticate", "Bearer");
            refuse(context, Outcome.UNAUTHORIZED, HttpStatus.UNAUTHORIZED, NO_TOKEN);
        }
        return client;
    }

    private void list(Context context) {
        metrics.answered(Outcome.LISTED);
        answer(context, HttpStatus.OK, Actions.json());
    }

    private void describe(Context context) {
        find(context).ifPresent(action -> {
            metrics.answered(Outcome.LISTED);
            answer(context, HttpStatus.OK, action.descriptor().json());
        });
    }

    /// The action that the path names; if there is none, the request is answered.
    private Optional<Action> find(Context context) {
        String name = context.pathParam("name");
        Optional<Action> action = Actions.find(name);
        if (action.isEmpty()) {
            bodies.discard(context);
            Optional<UnavailableAction> other = Actions.unavailable(name);
            if (other.isPresent()) {
                refuse(
                        context,
                        Outcome.NOT_AVAILABLE,
                        HttpStatus.NOT_IMPLEMENTED,
                        name + " is not available: " + other.get().reason());
            } else {
                refuse(
                        context,
                        Outcome.UNKNOWN,
                        HttpStatus.NOT_FOUND,
                        "There is no such action"
                                + Nearest.to(name, Actions.names())
                                        .map(near -> ": did you mean " + near + "?")
                                        .orElse(". GET /actions lists all"));
            }
        }
        return action;
    }

    private void perform(Context context, Client client) throws InterruptedException {
        Optional<Action> found = find(context);
        if (found.isEmpty()) {
            return;
        }
        ActionDescriptor action = found.get().descriptor();
        String key = String.valueOf(context.header("Idempotency-Key"));
        if (action.isChange() && !client.mayChange()) {
            bodies.discard(context);
            refuse(
                    context,
                    Outcome.FORBIDDEN,
                    HttpStatus.FORBIDDEN,
                    "The token may only read, and " + action.name() + " is a change");
        } else if (action.isChange()
                && (context.header("Idempotency-Key") == null || key.isBlank() || key.length() > LONGEST_KEY)) {
            bodies.discard(context);
            refuse(
                    context,
                    Outcome.MALFORMED,
                    HttpStatus.BAD_REQUEST,
                    "A change needs the header Idempotency-Key of 1 to " + LONGEST_KEY
                            + " characters, which is the same if the request is repeated");
        } else {
            read(context, client, found.get(), key);
        }
    }

    private void read(Context context, Client client, Action action, String key) throws InterruptedException {
        try (InFlight.Reservation reservation = inFlight.enter()) {
            switch (bodies.read(context, reservation)) {
                case Body.Refused refused -> {
                    if (refused.refusal() == BodyReader.Refusal.OVERLOADED) {
                        context.header("Retry-After", RETRY_SECONDS);
                    }
                    refuse(context, Outcome.BODY, refused.refusal().status(), refused.error());
                }
                case Body.Complete body -> {
                    reservation.genuine();
                    // The parameters, and their files.
                    if (reservation.more(2 * body.bytes().length)) {
                        parse(context, client, action, key, body.bytes());
                    } else {
                        later(context, "Too many requests are in progress; send it again");
                    }
                }
            }
        }
    }

    private void parse(Context context, Client client, Action action, String key, byte[] body)
            throws InterruptedException {
        ObjectNode given;
        try {
            JsonNode tree = body.length == 0 ? Json.object() : READER.tree(body, 0, body.length);
            if (!(tree instanceof ObjectNode object)) {
                problems(context, List.of("The body must be a JSON object with the parameters"));
                return;
            }
            given = object;
        } catch (UnreadableJson e) {
            problems(context, List.of("The body is not JSON: " + e.getMessage()));
            return;
        }
        ActionDescriptor descriptor = action.descriptor();
        descriptor.parameters().stream()
                .filter(parameter -> parameter.isRequired() && !given.hasNonNull(parameter.name()))
                .filter(parameter -> options.defaults().containsKey(parameter.name()))
                .forEach(parameter ->
                        given.put(parameter.name(), options.defaults().get(parameter.name())));
        List<String> problems = new ArrayList<>(ActionValidation.problems(descriptor, given));
        if (!descriptor.confirm().isEmpty() && !"true".equals(context.queryParam("confirm"))) {
            problems.add("confirm=true is required in the query: " + descriptor.confirm());
        }
        if (!problems.isEmpty()) {
            problems(context, problems);
        } else if (descriptor.isChange()) {
            change(context, client, action, given, key);
        } else {
            answer(context, action, runner.orElseThrow().perform(action, given));
        }
    }

    private void change(Context context, Client client, Action action, ObjectNode given, String key)
            throws InterruptedException {
        PerformedActions known = performed.orElseThrow();
        String id = Sha256.hex(client.name() + "\n" + key).substring(0, 32);
        ActionPerformed start = new ActionPerformed(
                UUID.randomUUID().toString(),
                action.descriptor().name(),
                State.STARTED,
                client.name(),
                clock.instant(),
                Sha256.hex(action.descriptor().name() + "\n" + Json.text(given)),
                given.hasNonNull("number") ? given.path("number").asText() : null,
                given.hasNonNull("account") ? given.path("account").asText() : null,
                null,
                null);
        Optional<String> problem = known.problem();
        if (problem.isPresent()) {
            later(context, "It is not known yet what was performed before: " + problem.get());
            return;
        }
        try {
            Optional<PerformedActions.Entry> before = known.find(id);
            if (before.isPresent() && !before.get().isRepeatable()) {
                repeated(context, before.get(), start);
                return;
            }
            if (!publisher.publish(List.of(record(id, start)))) {
                later(
                        context,
                        "The broker did not acknowledge in time, so nothing was done. Send it again with the same Idempotency-Key");
                return;
            }
            PerformedActions.Entry now = known.find(id).orElseThrow();
            if (!now.first().attempt().equals(start.attempt())) {
                repeated(context, now, start);
                return;
            }
        } catch (NotAcknowledged e) {
            later(
                    context,
                    "Kafka could not be asked in time what was performed before. Send it again with the same Idempotency-Key");
            return;
        }
        ActionResult result = runner.orElseThrow().perform(action, given);
        finish(id, action.descriptor(), start, result);
        answer(context, action, result);
    }

    /// Records what became of it. If the broker does not acknowledge, a repeated request is in doubt.
    private void finish(String id, ActionDescriptor action, ActionPerformed start, ActionResult result)
            throws InterruptedException {
        ActionPerformed end = new ActionPerformed(
                start.attempt(),
                start.action(),
                state(result),
                start.by(),
                clock.instant(),
                start.digest(),
                start.number(),
                start.account(),
                result instanceof ActionResult.Failed failed && failed.code() != 0 ? failed.code() : null,
                reference(action, result));
        boolean isRecorded = publisher.publish(List.of(record(id, end)));
        log.atLevel(isRecorded ? Level.INFO : Level.ERROR)
                .addKeyValue("action", end.action())
                .addKeyValue("by", end.by())
                .addKeyValue("outcome", end.state().name().toLowerCase(Locale.ROOT))
                .addKeyValue("code", end.code())
                .log(
                        isRecorded
                                ? "An action was performed"
                                : "An action was performed, but its result is not recorded, because the broker did not"
                                        + " acknowledge: a repeated request is answered 409");
    }

    /// The id of what was created. Ids of messages contain the recipient.
    private static @Nullable String reference(ActionDescriptor action, ActionResult result) {
        if (!(result instanceof ActionResult.Done(JsonNode body)) || action.category() == ActionCategory.MESSAGING) {
            return null;
        }
        for (String name : List.of("id", "code", "request_id", "metaTemplateId")) {
            String id = body.path(name).asText("");
            if (id.matches("[A-Za-z0-9:_=-]{1,128}")) {
                return id;
            }
        }
        return null;
    }

    private static State state(ActionResult result) {
        return switch (result) {
            case ActionResult.Done done -> State.DONE;
            case ActionResult.Failed failed ->
                switch (failed.kind()) {
                    case REFUSED -> State.REFUSED;
                    case LATER -> State.LATER;
                    case UNCLEAR -> State.UNCLEAR;
                    case MISCONFIGURED -> State.MISCONFIGURED;
                    case NOT_AVAILABLE -> State.NOT_AVAILABLE;
                };
        };
    }

    private static IngressRecord record(String id, ActionPerformed performed) {
        return new IngressRecord(
                Topics.ACTION_PERFORMED.name(), IngressRecord.Kind.ACTION, id, Json.bytes(performed), Map.of());
    }

    private void repeated(Context context, PerformedActions.Entry before, ActionPerformed request) {
        if (!before.first().digest().equals(request.digest())) {
            refuse(
                    context,
                    Outcome.CONFLICT,
                    HttpStatus.CONFLICT,
                    "This Idempotency-Key has been used for another request, so this request is rejected. Send it with a"
                            + " new Idempotency-Key");
            return;
        }
        ActionPerformed latest = before.latest();
        ObjectNode body = Json.object().put("action", latest.action()).put("repeated", true);
        body.put("at", latest.at().toString());
        if (latest.reference() != null) {
            body.put("reference", latest.reference());
        }
        if (latest.code() != null) {
            body.put("code", latest.code());
        }
        switch (latest.state()) {
            case DONE -> {
                metrics.answered(Outcome.REPEATED);
                answer(context, HttpStatus.OK, body.put("outcome", "done"));
            }
            case REFUSED -> {
                metrics.answered(Outcome.REFUSED);
                answer(
                        context,
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        body.put("outcome", "refused").put("error", "WhatsApp refused this request before"));
            }
            default -> {
                boolean isRunning = latest.state() == State.STARTED
                        && clock.instant()
                                .isBefore(
                                        latest.at().plus(performed.orElseThrow().longest()));
                metrics.answered(Outcome.CONFLICT);
                answer(
                        context,
                        HttpStatus.CONFLICT,
                        body.put("outcome", isRunning ? "in_progress" : "in_doubt")
                                .put(
                                        "error",
                                        isRunning
                                                ? "This request is in progress: ask again with the same Idempotency-Key"
                                                : "It is unknown whether this request was performed. Read the present state; if"
                                                        + " it was not, send it with a new Idempotency-Key"));
            }
        }
    }

    private void answer(Context context, Action action, ActionResult result) {
        ObjectNode body = Json.object().put("action", action.descriptor().name());
        switch (result) {
            case ActionResult.Done(JsonNode answer) -> {
                metrics.answered(Outcome.DONE);
                body.put("outcome", "done");
                if (!action.descriptor().webhook().isEmpty()) {
                    body.put("webhook", action.descriptor().webhook());
                }
                body.set("result", answer);
                answer(context, HttpStatus.OK, body);
            }
            case ActionResult.Failed failed -> failed(context, body, failed);
        }
    }

    private void failed(Context context, ObjectNode body, ActionResult.Failed failed) {
        body.put("outcome", failed.kind().name().toLowerCase(Locale.ROOT));
        body.put("error", failed.reason()).put("advice", failed.advice());
        if (failed.code() != 0) {
            body.put("code", failed.code());
        }
        if (failed.subcode() != 0) {
            body.put("subcode", failed.subcode());
        }
        if (!failed.body().isMissingNode()) {
            body.set("result", failed.body());
        }
        switch (failed.kind()) {
            case REFUSED -> answer(context, Outcome.REFUSED, HttpStatus.UNPROCESSABLE_CONTENT, body);
            case UNCLEAR -> answer(context, Outcome.UNCLEAR, HttpStatus.BAD_GATEWAY, body);
            case MISCONFIGURED -> answer(context, Outcome.MISCONFIGURED, HttpStatus.BAD_GATEWAY, body);
            case NOT_AVAILABLE -> answer(context, Outcome.NOT_AVAILABLE, HttpStatus.NOT_IMPLEMENTED, body);
            case LATER -> {
                context.header("Retry-After", RETRY_SECONDS);
                answer(context, Outcome.LATER, HttpStatus.SERVICE_UNAVAILABLE, body);
            }
        }
    }

    private void problems(Context context, List<String> problems) {
        metrics.answered(Outcome.MALFORMED);
        answer(context, HttpStatus.BAD_REQUEST, Map.of("error", "The request is invalid", "problems", problems));
    }

    private void later(Context context, String error) {
        context.header("Retry-After", RETRY_SECONDS);
        refuse(context, Outcome.LATER, HttpStatus.SERVICE_UNAVAILABLE, error);
    }

    private void refuse(Context context, Outcome outcome, HttpStatus status, String error) {
        answer(context, outcome, status, Map.of("error", error));
    }

    private void answer(Context context, Outcome outcome, HttpStatus status, Object body) {
        metrics.answered(outcome);
        answer(context, status, body);
    }

    private static void answer(Context context, HttpStatus status, Object body) {
        context.status(status).contentType("application/json").result(Json.bytes(body));
    }
}
