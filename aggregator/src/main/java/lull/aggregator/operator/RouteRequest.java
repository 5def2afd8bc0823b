package lull.aggregator.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.contract.message.Route;
import lull.contract.message.ShareText;
import org.jspecify.annotations.Nullable;

/// A request to change the routes of an input topic, as its body says it. Pure.
///
/// @param routes the whole list, in its order
/// @param revision the revision that the list builds on
/// @param by its author; null: not said
record RouteRequest(
        List<Route> routes, long revision, @Nullable String by) {

    private static final Set<String> MEMBERS = Set.of("routes", "revision", "by");
    private static final Set<String> OF_ROUTE = Set.of("name", "app", "businessNumber", "share", "destination");

    RouteRequest {
        routes = List.copyOf(routes);
    }

    /// Reads a body. Throws `IllegalArgumentException` with what is wrong, in a sentence.
    static RouteRequest of(JsonNode body) {
        requireKnown("the body", body, MEMBERS);
        JsonNode list = body.path("routes");
        if (!list.isArray()) {
            throw new IllegalArgumentException(
                    "routes must be the whole list of routes; to use the configured ones" + " again, send DELETE");
        }
        long revision = revision(body);
        List<Route> routes = new ArrayList<>();
        for (JsonNode each : list) {
            routes.add(route(each));
        }
        return new RouteRequest(routes, revision, text("the body", body, "by"));
    }

    /// Returns the revision that a body builds on.
    static long revision(JsonNode body) {
        JsonNode revision = body.path("revision");
        if (!revision.isIntegralNumber() || !revision.canConvertToLong() || revision.asLong() < 0) {
            throw new IllegalArgumentException(
                    "revision must be the number that GET returns, so that no change of someone else is overwritten");
        }
        return revision.asLong();
    }

    private static Route route(JsonNode route) {
        if (!route.isObject()) {
            throw new IllegalArgumentException(
                    "A route is an object such as {\"name\":\"pilot\",\"share\":10,\"destination\":\"bot\"}");
        }
        String name = text("a route", route, "name");
        if (name == null) {
            throw new IllegalArgumentException("Each route needs a name");
        }
        String what = "the route " + name;
        requireKnown(what, route, OF_ROUTE);
        String destination = text(what, route, "destination");
        if (destination == null) {
            throw new IllegalArgumentException("The route " + name + " needs a destination, such as " + Route.CONNECT);
        }
        return new Route(
                name, text(what, route, "app"), text(what, route, "businessNumber"), share(what, route), destination);
    }

    /// Returns the share of a rule.
    ///
    /// @param what the rule, in words
    static double share(String what, JsonNode rule) {
        JsonNode share = rule.path("share");
        if (share.isMissingNode() || share.isNull()) {
            return Route.ALL;
        }
        if (!share.isNumber()) {
            throw new IllegalArgumentException("share of " + what + " must be a number of percent such as 10");
        }
        return ShareText.read(share.asText());
    }

    /// Returns a member that is a text; null if it is absent.
    static @Nullable String text(String of, JsonNode object, String member) {
        JsonNode value = object.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException(member + " of " + of + " must be a text");
        }
        return value.asText();
    }

    /// Throws `IllegalArgumentException` if an object has a member of another name.
    static void requireKnown(String what, JsonNode object, Set<String> known) {
        object.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("Unknown name " + name + ": " + what + " has "
                            + String.join(", ", known.stream().sorted().toList()));
                });
    }
}
