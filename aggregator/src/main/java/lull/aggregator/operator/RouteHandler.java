package lull.aggregator.operator;

import static lull.aggregator.operator.ControlServer.json;
import static lull.aggregator.operator.ControlServer.refuse;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lull.aggregator.inforce.RouteReport;
import lull.aggregator.operator.RouteControl.Result;
import lull.aggregator.operator.RouteControl.Rules;
import lull.aggregator.route.RoutingPolicy;
import lull.aggregator.stream.InputApplication;
import lull.contract.SettingChange;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Flag;
import lull.runtime.http.BodyReader;
import lull.runtime.http.BodyReader.Body;
import lull.runtime.http.BodyReader.Refusal;
import lull.runtime.http.InFlight;
import org.jspecify.annotations.Nullable;

/// Handler of admitted requests about routes and flags: shows those of all instances, and changes them. Safe for
/// several threads.
final class RouteHandler {

    private static final String REVISION = "revision";
    private static final String BY = "by";

    private final Map<String, InputApplication> inputs;
    private final RouteControl control;
    private final Peers peers;
    private final BodyReader bodies;
    private final InFlight inFlight;

    /// @param inputs the applications by input topic
    RouteHandler(Map<String, InputApplication> inputs, RouteControl control, Peers peers, ControlServer.Guards guards) {
        this.inputs = inputs;
        this.control = control;
        this.peers = peers;
        this.bodies = guards.large();
        this.inFlight = guards.inFlight();
    }

    /// Answers with the routes of all input topics, from all instances.
    void all(Context context) {
        json(context, inputs.values().stream().map(this::report).toList());
    }

    /// Answers with the routes of the partitions of this instance, by topic.
    void here(Context context) {
        Map<String, List<RouteReport.InForce>> byTopic = new TreeMap<>();
        inputs.forEach((topic, input) -> byTopic.put(topic, here(input)));
        json(context, byTopic);
    }

    /// Answers with the routes of an input topic, from all instances.
    void ofTopic(Context context) {
        InputApplication input = input(context);
        if (input != null) {
            json(context, report(input));
        }
    }

    /// Changes the whole list of routes.
    void set(Context context) throws InterruptedException {
        set(context, "routes", (topic, body) -> {
            RouteRequest request = RouteRequest.of(body);
            return change(topic, new Rules.OfRoutes(request.routes()), request.revision(), request.by());
        });
    }

    /// Changes the whole list of the rules of flags.
    void setFlags(Context context) throws InterruptedException {
        set(context, "flags", (topic, body) -> {
            FlagRequest request = FlagRequest.of(body);
            return change(topic, new Rules.OfFlags(request.flags()), request.revision(), request.by());
        });
    }

    /// Answers with all flags that there are.
    static void flags(Context context) {
        json(
                context,
                Arrays.stream(Flag.values())
                        .map(flag -> new KnownFlag(flag.word(), flag.description(), flag.settings()))
                        .toList());
    }

    /// A behaviour that can be switched.
    ///
    /// @param settings those that decide without a rule
    private record KnownFlag(String flag, String description, String settings) {}

    /// Reader of a request; throws `IllegalArgumentException` with what is wrong, in a sentence.
    @FunctionalInterface
    private interface RequestReader {
        RouteControl.Change change(String topic, JsonNode body);
    }

    private void set(Context context, String member, RequestReader reader) throws InterruptedException {
        InputApplication input = input(context);
        if (input == null) {
            return;
        }
        try (InFlight.Reservation hold = inFlight.enter()) {
            switch (bodies.read(context, hold)) {
                case Body.Refused(Refusal refusal, String error) -> refuse(context, refusal.status(), error);
                case Body.Complete body -> set(context, input, body.bytes(), member, reader);
            }
        }
    }

    private void set(Context context, InputApplication input, byte[] body, String member, RequestReader reader)
            throws InterruptedException {
        RouteControl.Change change;
        try {
            requireNoOthers(context, List.of());
            change = reader.change(input.options().input(), Json.strictTree(body));
        } catch (UnreadableJson e) {
            control.refused();
            refuse(
                    context,
                    HttpStatus.BAD_REQUEST,
                    "The body must be JSON such as {\"revision\":0,\"" + member + "\":[]}, with each name once");
            return;
        } catch (IllegalArgumentException e) {
            control.refused();
            refuse(context, HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
            return;
        }
        make(context, input, change, member);
    }

    private static RouteControl.Change change(String topic, Rules rules, @Nullable Long revision, @Nullable String by) {
        return new RouteControl.Change(topic, rules, revision, by == null || by.isBlank() ? "unknown" : by);
    }

    /// Restores the configured routes.
    void reset(Context context) throws InterruptedException {
        InputApplication input = input(context);
        if (input == null) {
            return;
        }
        String revision = context.queryParam(REVISION);
        Long basis;
        try {
            requireNoOthers(context, List.of(REVISION, BY));
            basis = revision == null ? null : Long.valueOf(revision);
        } catch (NumberFormatException e) {
            refuse(context, HttpStatus.BAD_REQUEST, "revision must be the number that GET returns, or absent");
            return;
        } catch (IllegalArgumentException e) {
            refuse(context, HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
            return;
        }
        String topic = input.options().input();
        make(context, input, change(topic, new Rules.OfRoutes(null), basis, context.queryParam(BY)), "routes");
    }

    private static void requireNoOthers(Context context, List<String> known) {
        Optional<String> other = context.queryParamMap().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst();
        if (other.isPresent()) {
            throw new IllegalArgumentException("Unknown parameter " + other.get() + " of the address");
        }
    }

    /// Answer to a change.
    ///
    /// @param revision of the new routes
    private record Changed(@JsonUnwrapped SettingChange change, long revision) {}

    /// @param what what changes, in words
    private void make(Context context, InputApplication input, RouteControl.Change change, String what)
            throws InterruptedException {
        switch (control.make(change, () -> report(input))) {
            case Result.Made(SettingChange made, long next) -> json(context, new Changed(made, next));
            case Result.Absurd(String problem) -> refuse(context, HttpStatus.BAD_REQUEST, problem);
            case Result.Stale(long current) ->
                refuse(
                        context,
                        HttpStatus.CONFLICT,
                        "Nothing was changed: the " + what + " have revision " + current + ", and the change builds on "
                                + change.revision() + ". Read them again, and repeat the change");
            case Result.Unknown() -> {
                context.header("Retry-After", "1");
                refuse(
                        context,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "Nothing was changed: no instance has reported the " + what + " in force; try again");
            }
            case Result.Partial(SettingChange made, String problem) -> {
                context.status(HttpStatus.SERVICE_UNAVAILABLE);
                json(context, Map.of("error", problem + "; try again", "change", made));
            }
        }
    }

    /// Returns the application of the topic of a request; null if there is none, which is answered.
    private @Nullable InputApplication input(Context context) {
        String topic = context.pathParam("topic");
        InputApplication input = inputs.get(topic);
        if (input == null) {
            refuse(context, HttpStatus.NOT_FOUND, ControlServer.noSuchTopic(topic, inputs));
        }
        return input;
    }

    private RouteReport report(InputApplication input) {
        String topic = input.options().input();
        List<RouteReport.InForce> known = new ArrayList<>(peers.routes(topic, input.others()));
        known.addAll(here(input));
        return RouteReport.of(topic, policy(input), control.partitions(topic), known);
    }

    private static List<RouteReport.InForce> here(InputApplication input) {
        return RouteReport.here(policy(input), input.routes().now());
    }

    private static RoutingPolicy policy(InputApplication input) {
        return input.options().policy().routing();
    }
}
