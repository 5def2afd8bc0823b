package lull.aggregator.inforce;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import lull.aggregator.route.RoutesInForce;
import lull.aggregator.route.RoutingPolicy;
import lull.contract.message.FlagRule;
import lull.contract.message.Route;

/// Routes and flags of an input topic: configured, and in force in each partition.
///
/// @param revision the number of the latest change that a partition has; 0 if there was none. A request to
///     change the routes names it
/// @param configured the rules that apply without a change
/// @param inForce the rules for the next turn; more than one entry if partitions differ, in the order of
///     their first partitions
/// @param unknownPartitions partitions whose routes are unknown, because no instance that serves them
///     reported them
/// @param destinations those to which a route may lead
public record RouteReport(
        String topic,
        long revision,
        List<Route> configured,
        List<InForce> inForce,
        List<Integer> unknownPartitions,
        List<String> destinations) {

    /// Rules in force.
    ///
    /// @param partitions those in which they are in force
    /// @param revision the number of the latest change there
    /// @param configured whether the configuration gives them
    /// @param flags the rules of flags; an older version of Lull reports none
    public record InForce(
            List<Integer> partitions, long revision, boolean configured, List<Route> routes, List<FlagRule> flags) {

        @JsonCreator
        public InForce {
            partitions = List.copyOf(partitions);
            routes = List.copyOf(routes);
            flags = flags == null ? List.of() : List.copyOf(flags);
        }

        private InForce in(List<Integer> others) {
            return new InForce(others, revision, configured, routes, flags);
        }
    }

    public RouteReport {
        configured = List.copyOf(configured);
        inForce = List.copyOf(inForce);
        unknownPartitions = List.copyOf(unknownPartitions);
        destinations = List.copyOf(destinations);
    }

    /// Creates the report of a topic.
    ///
    /// @param partitions how many the topic has
    /// @param known what instances reported
    public static RouteReport of(String topic, RoutingPolicy policy, int partitions, List<InForce> known) {
        Map<Integer, InForce> byPartition = new TreeMap<>();
        for (InForce each : known) {
            each.partitions().forEach(partition -> byPartition.put(partition, each));
        }
        List<Integer> unknown = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            if (!byPartition.containsKey(partition)) {
                unknown.add(partition);
            }
        }
        Map<InForce, List<Integer>> merged = new LinkedHashMap<>();
        byPartition.forEach((partition, each) -> merged.computeIfAbsent(each.in(List.of()), _ -> new ArrayList<>())
                .add(partition));
        Set<String> destinations = new TreeSet<>(policy.destinations());
        destinations.add(Route.CONNECT);
        return new RouteReport(
                topic,
                byPartition.values().stream().mapToLong(InForce::revision).max().orElse(0),
                policy.configured(),
                merged.entrySet().stream()
                        .map(each -> each.getKey().in(each.getValue()))
                        .toList(),
                unknown,
                List.copyOf(destinations));
    }

    /// Returns what is in force in the partitions of an instance.
    public static List<InForce> here(RoutingPolicy policy, Map<Integer, RoutesInForce> byPartition) {
        List<InForce> here = new ArrayList<>();
        new TreeMap<>(byPartition)
                .forEach((partition, state) -> here.add(new InForce(
                        List.of(partition),
                        state.revision(),
                        state.routes() == null,
                        state.rules(policy),
                        state.flags())));
        return here;
    }

    /// Whether partitions differ in their rules, as they do after a change that only some of them accepted.
    public boolean differs() {
        Set<List<Route>> distinct = new HashSet<>();
        inForce.forEach(each -> distinct.add(each.routes()));
        return distinct.size() > 1;
    }

    /// Whether partitions differ in their rules of flags.
    public boolean differsInFlags() {
        return inForce.stream().map(InForce::flags).distinct().count() > 1;
    }

    /// Returns the rules of the latest change, on which the next one builds; empty if no partition is known.
    public Optional<InForce> latest() {
        return inForce.stream().max(Comparator.comparingLong(InForce::revision));
    }

    /// Returns the rules in force that lead to a destination which is not configured.
    @JsonIgnore
    public List<Route> withoutDestination() {
        return inForce.stream()
                .flatMap(each -> each.routes().stream())
                .filter(route -> !destinations.contains(route.destination()))
                .distinct()
                .toList();
    }
}
