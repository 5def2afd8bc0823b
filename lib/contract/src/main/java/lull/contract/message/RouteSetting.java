package lull.contract.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Change of the routes or the flags of an input topic, effective in its partition for the turns that end with it or
/// after it. It has both lists whole. Immutable.
///
/// @param routes the new rules, in the order in which they are tried; absent: back to the configuration
/// @param revision the number of the change, from 1; a later change has a higher one
/// @param flags rules that switch behaviours, at most one for each flag and business number
public record RouteSetting(
        @Nullable List<Route> routes,
        long revision,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FlagRule> flags) implements InputRecord {

    /// The maximum number of rules of a list.
    public static final int MAX_ROUTES = 100;

    /// The maximum number of rules of flags.
    public static final int MAX_FLAGS = 200;

    /// Creates a change after which no flag is switched.
    public RouteSetting(@Nullable List<Route> routes, long revision) {
        this(routes, revision, List.of());
    }

    @JsonCreator
    public RouteSetting {
        flags = flags == null ? List.of() : List.copyOf(flags);
        requireFlags(flags);
        if (routes != null) {
            routes = List.copyOf(routes);
            requireList(routes);
        }
        if (revision < 1) {
            throw new IllegalArgumentException("A revision is a number from 1");
        }
    }

    /// Throws `IllegalArgumentException` if rules of flags cannot be a list.
    public static void requireFlags(List<FlagRule> flags) {
        if (flags.size() > MAX_FLAGS) {
            throw new IllegalArgumentException("There are at most " + MAX_FLAGS + " rules of flags");
        }
        Set<List<String>> seen = new HashSet<>();
        for (FlagRule rule : flags) {
            String number = Objects.requireNonNullElse(rule.businessNumber(), "");
            if (!seen.add(List.of(rule.flag(), number))) {
                throw new IllegalArgumentException("Two rules switch the flag " + rule.flag() + " for "
                        + (number.isEmpty() ? "all numbers" : "number " + number) + ": give one of them");
            }
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
