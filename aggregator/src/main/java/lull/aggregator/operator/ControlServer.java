package lull.aggregator.operator;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import lull.aggregator.inforce.GapReport;
import lull.aggregator.stream.InputApplication;
import lull.aggregator.turn.OpenTurnList;
import lull.aggregator.turn.OpenTurnView;
import lull.contract.ConversationKey;
import lull.contract.json.Json;
import lull.runtime.BearerTokens;
import lull.runtime.http.BodyReader;
import lull.runtime.http.HttpPort;
import lull.runtime.http.HttpSettings;
import lull.runtime.http.InFlight;
import lull.runtime.http.ListenAddress;
import lull.runtime.settings.Settings;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.state.HostInfo;

/// Operators' HTTP API of the aggregator: shows and changes gaps, their rules and models, routes and flags, and
/// shows open turns without their text. Every request needs a token. Safe for several threads.
public final class ControlServer implements AutoCloseable {

    private static final String GAPS = "/gaps";
    private static final String GAPS_HERE = "/gaps/here";
    private static final String POLICIES_HERE = "/gaps/here/policies";
    private static final String MODELS_HERE = "/gaps/here/models";
    private static final String GAP = "/gaps/{topic}";
    private static final String MODEL = "/gaps/{topic}/model";
    private static final String ROUTES = "/routes";
    private static final String ROUTES_HERE = "/routes/here";
    private static final String ROUTES_OF = "/routes/{topic}";
    private static final String FLAGS = "/flags";
    private static final String FLAGS_OF = "/flags/{topic}";
    private static final String OPEN_TURN = "/turns/open";
    private static final String WAITING_TURNS = "/turns/waiting";
    private static final String WAITING_HERE = "/turns/waiting/here";

    /// Parameters of addresses.
    private static final List<String> NONE = List.of();

    private static final List<String> TOPIC = List.of("topic");
    private static final List<String> NUMBER_AND_BY = List.of("number", "by");
    private static final List<String> CONVERSATION_AND_TOPIC = List.of("conversation", "topic");
    private static final List<String> LIMIT = List.of("limit");

    private static final int MAX_BODY_BYTES = 16 * 1024;
    private static final int MAX_LARGE_BODY_BYTES = 64 * 1024;

    private final Map<String, InputApplication> inputs;
    private final GapViews views;
    private final TurnViews turns;
    private final Peers peers;
    private final BearerTokens tokens;
    private final Supplier<Optional<String>> kafkaProblem;
    private final GapChangeHandler changes;
    private final RouteHandler routing;
    private final HttpPort server;

    /// Guards that keep the process alive regardless of who connects.
    ///
    /// @param large reads bodies that are a model's file or a list of routes
    public record Guards(
            HttpPort.Options options,
            Optional<HttpPort.KeyStore> keyStore,
            BodyReader bodies,
            BodyReader large,
            InFlight inFlight,
            MeterRegistry registry) {

        /// Returns the guards that the settings name.
        public static Guards of(Settings settings, MeterRegistry registry) {
            return new Guards(
                    HttpSettings.options(
                            settings,
                            "operators",
                            ListenAddress.of(settings, HttpSettings.AGGREGATOR_HOST, OperatorSettings.PORT)),
                    OperatorSettings.TLS.keyStore(settings),
                    HttpSettings.bodies(settings, MAX_BODY_BYTES),
                    HttpSettings.bodies(settings, MAX_LARGE_BODY_BYTES),
                    HttpSettings.inFlight(settings),
                    registry);
        }
    }

    /// What changes settings at run time.
    public record Controls(GapControl gaps, RouteControl routes) {}

    /// Creates a server with these guards.
    ///
    /// @param inputs the applications by input topic
    /// @param kafkaProblem why no broker answers, while none does
    public ControlServer(
            Guards guards,
            Map<String, InputApplication> inputs,
            Controls controls,
            Peers peers,
            BearerTokens tokens,
            Supplier<Optional<String>> kafkaProblem) {
        this.kafkaProblem = kafkaProblem;
        this.inputs = inputs;
        this.views = new GapViews(inputs, controls.gaps(), peers);
        this.turns = new TurnViews(inputs, controls.gaps()::partitions, peers);
        this.peers = peers;
        this.tokens = tokens;
        this.changes = new GapChangeHandler(controls.gaps(), views::hasOther, guards);
        this.routing = new RouteHandler(inputs, controls.routes(), peers, guards);
        this.server = HttpPort.start(
                guards.options(), guards.keyStore(), guards.inFlight(), guards.registry(), this::register);
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        peers.close();
    }

    private void register(RoutesConfig routes) {
        routes.get(GAPS, context -> admitted(context, only(TOPIC, this::gaps)));
        routes.get(GAPS_HERE, context -> admitted(context, only(NONE, it -> json(it, views.gapsHere()))));
        routes.get(POLICIES_HERE, context -> admitted(context, only(NONE, it -> json(it, views.rulesHere()))));
        routes.get(MODELS_HERE, context -> admitted(context, only(NONE, it -> json(it, views.modelsHere()))));
        routes.put(GAP, context -> admitted(context, needingKafka(changes::setGap)));
        routes.delete(GAP, context -> admitted(context, only(NUMBER_AND_BY, needingKafka(changes::resetGap))));
        routes.get(MODEL, context -> admitted(context, only(NONE, this::model)));
        routes.put(MODEL, context -> admitted(context, only(NUMBER_AND_BY, needingKafka(changes::setModel))));
        routes.delete(MODEL, context -> admitted(context, only(NUMBER_AND_BY, needingKafka(changes::resetModel))));
        routes.get(ROUTES, context -> admitted(context, only(NONE, routing::all)));
        routes.get(ROUTES_HERE, context -> admitted(context, only(NONE, routing::here)));
        routes.get(ROUTES_OF, context -> admitted(context, only(NONE, routing::ofTopic)));
        routes.put(ROUTES_OF, context -> admitted(context, needingKafka(routing::set)));
        routes.delete(ROUTES_OF, context -> admitted(context, needingKafka(routing::reset)));
        routes.get(FLAGS, context -> admitted(context, only(NONE, RouteHandler::flags)));
        routes.put(FLAGS_OF, context -> admitted(context, needingKafka(routing::setFlags)));
        routes.get(OPEN_TURN, context -> admitted(context, only(CONVERSATION_AND_TOPIC, this::openTurn)));
        routes.get(WAITING_TURNS, context -> admitted(context, only(LIMIT, limited(turns::all))));
        routes.get(WAITING_HERE, context -> admitted(context, only(LIMIT, limited(turns::here))));
    }

    /// Handling of a request that has a valid token.
    @FunctionalInterface
    private interface Route {
        void answer(Context context) throws InterruptedException;
    }

    /// Refuses any other parameter of the address: a misspelt one would change or show more than was meant.
    private static Route only(List<String> known, Route route) {
        return context -> {
            Optional<String> other = context.queryParamMap().keySet().stream()
                    .filter(name -> !known.contains(name))
                    .findFirst();
            if (other.isPresent()) {
                refuse(
                        context,
                        HttpStatus.BAD_REQUEST,
                        "Unknown parameter " + other.get() + " of the address: "
                                + (known.isEmpty() ? "it has none" : "it may have " + String.join(" and ", known)));
            } else {
                route.answer(context);
            }
        };
    }

    /// Answers at once with the reason if a request needs a broker and none is available.
    private Route needingKafka(Route route) {
        return context -> {
            Optional<String> problem = kafkaProblem.get();
            if (problem.isPresent()) {
                refuse(context, HttpStatus.SERVICE_UNAVAILABLE, "Nothing was changed: " + problem.get());
            } else {
                route.answer(context);
            }
        };
    }

    private void admitted(Context context, Route route) throws InterruptedException {
        if (!tokens.isOpen()) {
            refuse(
                    context,
                    HttpStatus.NOT_FOUND,
                    "The operators' API is closed: " + OperatorSettings.TOKENS.name() + " contains no token");
        } else if (!tokens.admits(context.header("Authorization"))) {
            context.header("WWW-Authenticate", "Bearer");
            refuse(
                    context,
                    HttpStatus.UNAUTHORIZED,
                    "A request needs the header Authorization: Bearer <token>, with a token of "
                            + OperatorSettings.TOKENS.name());
        } else {
            try {
                route.answer(context);
            } catch (KafkaException e) {
                refuse(context, HttpStatus.SERVICE_UNAVAILABLE, "Kafka does not answer; try again");
            }
        }
    }

    /// Answers with the gaps of all input topics, or of the requested one, from all instances.
    private void gaps(Context context) {
        String topic = context.queryParam("topic");
        if (topic != null && !inputs.containsKey(topic)) {
            refuse(context, HttpStatus.NOT_FOUND, noSuchTopic(topic));
            return;
        }
        List<GapReport> reports = new ArrayList<>();
        for (InputApplication input : inputs.values()) {
            String name = input.options().input();
            if (topic == null || topic.equals(name)) {
                reports.add(views.report(input));
            }
        }
        json(context, reports);
    }

    /// Answers with the model that is in force, from all instances.
    private void model(Context context) {
        String topic = context.pathParam("topic");
        InputApplication input = inputs.get(topic);
        if (input == null) {
            refuse(context, HttpStatus.NOT_FOUND, noSuchTopic(topic));
        } else {
            json(context, views.models(input));
        }
    }

    /// Answers with turns, of which a parameter limits the number.
    private static Route limited(IntFunction<Object> view) {
        return context -> {
            String limit = context.queryParam("limit");
            if (limit == null || (limit.matches("[1-9][0-9]{0,3}") && Integer.parseInt(limit) <= OpenTurnList.MAX)) {
                json(context, view.apply(limit == null ? OpenTurnList.MAX : Integer.parseInt(limit)));
            } else {
                refuse(context, HttpStatus.BAD_REQUEST, "limit must be a number from 1 to " + OpenTurnList.MAX);
            }
        };
    }

    private void openTurn(Context context) {
        String conversation = context.queryParam("conversation");
        String topic = context.queryParam("topic");
        if (conversation == null || !isConversation(conversation)) {
            refuse(
                    context,
                    HttpStatus.BAD_REQUEST,
                    "conversation is needed, such as 106540352242922|16505551234 with %7C for the bar");
        } else if (topic != null && !inputs.containsKey(topic)) {
            refuse(context, HttpStatus.NOT_FOUND, noSuchTopic(topic));
        } else {
            openTurn(
                    context,
                    conversation,
                    inputs.values().stream()
                            .filter(input -> topic == null
                                    || topic.equals(input.options().input()))
                            .toList());
        }
    }

    private static boolean isConversation(String text) {
        try {
            ConversationKey _ = ConversationKey.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// Checks one topic after the other until one has the turn open.
    private void openTurn(Context context, String conversation, List<InputApplication> topics) {
        boolean known = true;
        for (InputApplication input : topics) {
            String topic = input.options().input();
            switch (input.open(conversation)) {
                case InputApplication.Answer.Open(OpenTurnView turn) -> {
                    json(context, turn);
                    return;
                }
                case InputApplication.Answer.Elsewhere(HostInfo host) -> {
                    Peers.TurnState there = topics.size() == 1
                            ? Peers.TurnState.OPEN
                            : peers.hasOpenTurn(openTurnAt(host, conversation, topic));
                    known &= there != Peers.TurnState.UNREACHABLE;
                    if (there == Peers.TurnState.OPEN) {
                        context.status(HttpStatus.TEMPORARY_REDIRECT);
                        context.header(
                                "Location",
                                openTurnAt(host, conversation, topic).toString());
                        return;
                    }
                }
                case InputApplication.Answer.Unavailable() -> known = false;
                case InputApplication.Answer.Nothing() -> {}
            }
        }
        if (known) {
            refuse(context, HttpStatus.NOT_FOUND, "No turn of this conversation is open");
        } else {
            context.header("Retry-After", "1");
            refuse(context, HttpStatus.SERVICE_UNAVAILABLE, "Partitions are moving between instances; try again");
        }
    }

    private URI openTurnAt(HostInfo host, String conversation, String topic) {
        return peers.address(
                host,
                OPEN_TURN + "?conversation=" + URLEncoder.encode(conversation, StandardCharsets.UTF_8) + "&topic="
                        + URLEncoder.encode(topic, StandardCharsets.UTF_8));
    }

    private String noSuchTopic(String topic) {
        return noSuchTopic(topic, inputs);
    }

    /// Returns that a topic is no input topic, in a sentence.
    static String noSuchTopic(String topic, Map<String, ?> inputs) {
        return "There is no input topic " + topic + "; there are "
                + String.join(", ", inputs.keySet().stream().sorted().toList());
    }

    static void refuse(Context context, HttpStatus status, String error) {
        context.status(status);
        json(context, Map.of("error", error));
    }

    static void json(Context context, Object body) {
        context.contentType("application/json").result(Json.bytes(body));
    }
}
