package lull.contract.turn;

import static java.util.Objects.requireNonNull;

/// Rule that decided where a turn goes, and where that is. Immutable.
///
/// @param rule the name of the rule
/// @param destination where the turn went: `connect` (Amazon Connect), or the name of a destination
public record TurnRoute(String rule, String destination) {
    public TurnRoute {
        requireNonNull(rule, "rule");
        requireNonNull(destination, "destination");
    }
}
