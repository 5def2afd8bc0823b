package lull.contract.message;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Change of the routes of an input topic, effective in its partition for the turns that end with it or
/// after it. It has the whole list. Immutable.
///
/// @param routes the new rules, in the order in which they are tried; absent: back to the configuration
/// @param revision the number of the change, from 1; a later change has a higher one
public record RouteSetting(@Nullable List<Route> routes, long revision) implements InputRecord {

    /// The maximum number of rules of a list.
    public static final int MAX_ROUTES = 100;

    public RouteSetting {
        if (routes != null) {
            routes = List.copyOf(routes);
            requireList(routes);
        }
        if (revision < 1) {
            throw new IllegalArgumentException("A revision is a number from 1");
        }
    }

    /// Throws `IllegalArgumentException` if rules cannot be a list.
    public static void requireList(List<Route> routes) {
        if (routes.size() > MAX_ROUTES) {
            throw new IllegalArgumentException("There are at most " + MAX_ROUTES + " routes");
        }
        Set<String> names = new HashSet<>();
        for (Route route : routes) {
            if (!names.add(route.name())) {
                throw new IllegalArgumentException("Two routes have the name " + route.name()
                        + ": give each its own, because the name decides which conversations are in its share");
            }
        }
    }
}
