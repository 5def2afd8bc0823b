package lull.aggregator.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lull.aggregator.inforce.GapReport;
import lull.aggregator.operator.GapControl.Result;
import lull.aggregator.stream.InputApplication;
import lull.aggregator.turn.OpenTurnView;
import lull.contract.ConversationKey;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.BearerTokens;
import lull.runtime.http.BodyReader;
import lull.runtime.http.BodyReader.Body;
import lull.runtime.http.BodyReader.Refusal;
import lull.runtime.http.HttpPort;
import lull.runtime.http.HttpSettings;
import lull.runtime.http.InFlight;
import lull.runtime.http.ListenAddress;
import lull.runtime.settings.Durations;
import lull.runtime.settings.Settings;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/// Operators' HTTP API of the aggregator: shows and changes gaps, and shows open turns without their
/// text. Every request needs a token. Safe for several threads.
public final class ControlServer implements AutoCloseable {

    private static final String GAPS = "/gaps";
    private static final String GAPS_HERE = "/gaps/here";
    private static final String GAP = "/gaps/{topic}";
    private static final String OPEN_TURN = "/turns/open";

    private static final Set<String> IN_BODY = Set.of("gap", "number", "by");

    private static final int MAX_BODY_BYTES = 16 * 1024;

    private final Map<String, InputApplication> inputs;
    private final GapControl control;
    private final Peers peers;
    private final BearerTokens tokens;
    private final Supplier<Optional<String>> kafkaProblem;
    private final BodyReader bodies;
    private final InFlight inFlight;
    private final HttpPort server;

    /// Guards that keep the process alive regardless of who connects.
    public record Guards(
            HttpPort.Options options,
            Optional<HttpPort.KeyStore> keyStore,
            BodyReader bodies,
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
                    HttpSettings.inFlight(settings),
                    registry);
        }
    }

    /// Creates a server with these guards.
    ///
    /// @param inputs the applications by input topic
    /// @param kafkaProblem why no broker answers, while none does
    public ControlServer(
            Guards guards,
            Map<String, InputApplication> inputs,
            GapControl control,
            Peers peers,
            BearerTokens tokens,
            Supplier<Optional<String>> kafkaProblem) {
        this.kafkaProblem = kafkaProblem;
        this.inputs = inputs;
        this.control = control;
        this.peers = peers;
        this.tokens = tokens;
        this.bodies = guards.bodies();
        this.inFlight = guards.inFlight();
        this.server = HttpPort.start(guards.options(), guards.keyStore(), inFlight, guards.registry(), this::register);
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
        routes.get(GAPS, context -> admitted(context, this::gaps));
        routes.get(GAPS_HERE, context -> admitted(context, this::gapsHere));
        routes.put(GAP, context -> admitted(context, needingKafka(this::setGap)));
        routes.delete(GAP, context -> admitted(context, needingKafka(this::resetGap)));
        routes.get(OPEN_TURN, context -> admitted(context, this::openTurn));
    }

    /// Handling of a request that has a valid token.
    @FunctionalInterface
    private interface Route {
        void answer(Context context) throws InterruptedException;
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
                Map<Integer, SortedMap<String, Duration>> set = peers.gaps(name, input.others());
                set.putAll(here(input));
                reports.add(GapReport.of(name, input.options().policy(), control.partitions(name), set));
            }
        }
        json(context, reports);
    }

    /// Answers with what setting records have set in the partitions of this instance.
    private void gapsHere(Context context) {
        Map<String, Map<Integer, SortedMap<String, Duration>>> byTopic = new TreeMap<>();
        inputs.forEach((topic, input) -> byTopic.put(topic, here(input)));
        json(context, byTopic);
    }

    private static Map<Integer, SortedMap<String, Duration>> here(InputApplication input) {
        Map<Integer, SortedMap<String, Duration>> byPartition = new TreeMap<>();
        input.gaps()
                .now()
                .forEach((partition, gaps) ->
                        byPartition.put(partition, gaps.gaps().byNumber()));
        return byPartition;
    }

    private void setGap(Context context) throws InterruptedException {
        try (InFlight.Reservation hold = inFlight.enter()) {
            switch (bodies.read(context, hold)) {
                case Body.Refused(Refusal refusal, String error) -> refuse(context, refusal.status(), error);
                case Body.Complete body -> setGap(context, body.bytes());
            }
        }
    }

    private void setGap(Context context, byte[] body) throws InterruptedException {
        try {
            JsonNode asked = Json.tree(body);
            JsonNode gap = asked.path("gap");
            Optional<String> unknown = unknown(context, asked);
            if (unknown.isPresent()) {
                refuse(
                        context,
                        HttpStatus.BAD_REQUEST,
                        "Unknown name " + unknown.get() + ": the body has gap, number, by");
                return;
            }
            if (!gap.isTextual()) {
                refuse(context, HttpStatus.BAD_REQUEST, "gap must be a span of time such as 8s");
                return;
            }
            Duration parsed = Durations.parse(gap.asText());
            change(
                    context,
                    parsed,
                    asked.path("number").asText(null),
                    asked.path("by").asText(null));
        } catch (UnreadableJson e) {
            refuse(context, HttpStatus.BAD_REQUEST, "The body must be JSON such as {\"gap\":\"8s\"}");
        } catch (IllegalArgumentException e) {
            refuse(context, HttpStatus.BAD_REQUEST, "gap " + e.getMessage());
        }
    }

    /// Returns an unknown member name, if there is one: a misspelt name would change the gap of all
    /// numbers.
    private static Optional<String> unknown(Context context, JsonNode asked) {
        return Stream.concat(
                        context.queryParamMap().keySet().stream(),
                        asked.properties().stream().map(Map.Entry::getKey).filter(name -> !IN_BODY.contains(name)))
                .findFirst();
    }

    private void resetGap(Context context) throws InterruptedException {
        change(context, null, context.queryParam("number"), context.queryParam("by"));
    }

    private void change(Context context, @Nullable Duration gap, @Nullable String number, @Nullable String by)
            throws InterruptedException {
        GapControl.Change change = new GapControl.Change(
                context.pathParam("topic"), gap, number, by == null || by.isBlank() ? "unknown" : by);
        switch (control.make(change)) {
            case Result.Made(var made) -> json(context, made);
            case Result.UnknownTopic(String problem) -> refuse(context, HttpStatus.NOT_FOUND, problem);
            case Result.Absurd(String problem) -> refuse(context, HttpStatus.BAD_REQUEST, problem);
            case Result.Partial(var made, String problem) -> {
                context.status(HttpStatus.SERVICE_UNAVAILABLE);
                json(context, Map.of("error", problem + "; try again", "change", made));
            }
        }
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
        return "There is no input topic " + topic + "; there are "
                + String.join(", ", inputs.keySet().stream().sorted().toList());
    }

    private static void refuse(Context context, HttpStatus status, String error) {
        context.status(status);
        json(context, Map.of("error", error));
    }

    private static void json(Context context, Object body) {
        context.contentType("application/json").result(Json.bytes(body));
    }
}
