package lull.contract.message;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Changes of a list of routes, as operators make them one by one. Pure. Each throws `IllegalArgumentException` with a
/// sentence if it names a route that is not in the list.
public final class RouteLists {

    private RouteLists() {}

    /// Returns a list with one more route, or with another one of the same name.
    ///
    /// @param before the name of the route before which it is tried; null: where it was, or last
    public static List<Route> with(List<Route> routes, Route route, @Nullable String before) {
        List<Route> changed = new ArrayList<>(routes);
        int was = changed.stream().map(Route::name).toList().indexOf(route.name());
        if (was >= 0) {
            changed.remove(was);
        }
        int at = before != null ? place(changed, before) : was >= 0 ? was : changed.size();
        changed.add(at, route);
        return List.copyOf(changed);
    }

    /// Returns a list with another share of one of its routes.
    public static List<Route> withShare(List<Route> routes, String name, double share) {
        List<Route> changed = new ArrayList<>(routes);
        int at = place(changed, name);
        changed.set(at, changed.get(at).withShare(share));
        return List.copyOf(changed);
    }

    /// Returns a list without one of its routes.
    public static List<Route> without(List<Route> routes, String name) {
        List<Route> changed = new ArrayList<>(routes);
        changed.remove(place(changed, name));
        return List.copyOf(changed);
    }

    private static int place(List<Route> routes, String name) {
        int at = routes.stream().map(Route::name).toList().indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException("There is no route " + name + "; there "
                    + (routes.isEmpty()
                            ? "is none"
                            : "are " + routes.stream().map(Route::name).collect(Collectors.joining(", "))));
        }
        return at;
    }
}
