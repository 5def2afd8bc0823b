package lull.aggregator.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lull.contract.message.Route;
import lull.contract.message.RouteSetting;
import lull.contract.message.ShareText;
import org.jspecify.annotations.Nullable;

/// How people read and write routes: `pilot: number=106540352242922, share=10, to=bot; rest: to=connect`.
/// Pure.
public final class RouteText {

    private static final String FORM =
            "must be routes such as pilot: number=106540352242922, share=10, to=bot; separate them by semicolons";

    private RouteText() {}

    /// Returns routes as one line; `none` if there are none.
    public static String of(List<Route> routes) {
        return routes.isEmpty() ? "none" : routes.stream().map(RouteText::of).collect(Collectors.joining("; "));
    }

    /// Returns a route as one line.
    public static String of(Route route) {
        StringBuilder text = new StringBuilder(route.name()).append(": ");
        String app = route.app();
        if (app != null) {
            text.append("app=").append(app).append(", ");
        }
        String number = route.businessNumber();
        if (number != null) {
            text.append("number=").append(number).append(", ");
        }
        if (route.share() < Route.ALL) {
            text.append("share=").append(ShareText.of(route.share())).append(", ");
        }
        return text.append("to=").append(route.destination()).toString();
    }

    /// Reads routes; throws `IllegalArgumentException` with what they must be.
    static List<Route> read(String text) {
        List<Route> routes = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String part : text.split(";", -1)) {
            if (!part.isBlank()) {
                try {
                    routes.add(route(part.strip()));
                } catch (IllegalArgumentException e) {
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; it ", problems));
        }
        try {
            RouteSetting.requireList(routes);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be a list of routes: " + e.getMessage(), e);
        }
        return List.copyOf(routes);
    }

    private static Route route(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException(FORM);
        }
        String name = text.substring(0, colon).strip();
        Map<String, String> members = members(name, text.substring(colon + 1));
        String destination = members.remove("to");
        if (destination == null) {
            throw new IllegalArgumentException(
                    "must give the route " + name + " a destination, such as to=bot or to=" + Route.CONNECT);
        }
        @Nullable String app = members.remove("app");
        @Nullable String number = members.remove("number");
        @Nullable String share = members.remove("share");
        if (!members.isEmpty()) {
            throw new IllegalArgumentException("must have app, number, share and to only, and the route " + name
                    + " has " + members.keySet().iterator().next());
        }
        try {
            return new Route(name, app, number, share == null ? Route.ALL : ShareText.read(share), destination);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be routes, and " + name + " is none: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> members(String name, String text) {
        Map<String, String> members = new HashMap<>();
        for (String member : text.split(",", -1)) {
            int middle = member.indexOf('=');
            if (middle < 1) {
                throw new IllegalArgumentException(FORM);
            }
            String value = member.substring(middle + 1).strip();
            if (value.isEmpty() || members.put(member.substring(0, middle).strip(), value) != null) {
                throw new IllegalArgumentException(
                        "must give each member of the route " + name + " one value, such as share=10");
            }
        }
        return members;
    }
}
