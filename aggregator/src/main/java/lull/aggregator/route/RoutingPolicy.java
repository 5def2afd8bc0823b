package lull.aggregator.route;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lull.contract.message.Route;
import lull.contract.message.RouteSetting;
import lull.runtime.settings.DestinationSettings;

/// Configured routes of an input topic, and the destinations that routes may name. Immutable.
///
/// @param configured the rules that apply unless a setting record overrides them, in their order
/// @param destinations the names of all destinations besides Amazon Connect
/// @param early destinations that are told of a turn before it ends, with the highest probability of another message
///     at which they are
public record RoutingPolicy(List<Route> configured, Set<String> destinations, Map<String, Double> early) {

    /// No routes: every turn goes to Amazon Connect.
    public static final RoutingPolicy NONE = new RoutingPolicy(List.of(), Set.of());

    /// Creates a policy in which no destination is told of a turn before it ends.
    public RoutingPolicy(List<Route> configured, Set<String> destinations) {
        this(configured, destinations, Map.of());
    }

    public RoutingPolicy {
        early = Map.copyOf(early);
        configured = List.copyOf(configured);
        destinations = Set.copyOf(destinations);
        RouteSetting.requireList(configured);
        Set<String> known = destinations;
        String problems = configured.stream()
                .filter(route -> !isKnown(route.destination(), known))
                .map(route -> unknown(route, known))
                .collect(Collectors.joining(". "));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems);
        }
    }

    /// Whether turns can be written to a destination.
    public boolean isKnown(String destination) {
        return isKnown(destination, destinations);
    }

    /// Returns what is wrong with a rule whose destination is not known, in a sentence.
    public String unknown(Route route) {
        return unknown(route, destinations);
    }

    private static boolean isKnown(String destination, Set<String> destinations) {
        return destination.equals(Route.CONNECT) || destinations.contains(destination);
    }

    private static String unknown(Route route, Set<String> destinations) {
        Set<String> known = new TreeSet<>(destinations);
        known.add(Route.CONNECT);
        return "The route " + route.name() + " names the destination " + route.destination()
                + ", which is not configured; there are " + String.join(", ", known) + " ("
                + DestinationSettings.DESTINATIONS.name() + ")";
    }
}
