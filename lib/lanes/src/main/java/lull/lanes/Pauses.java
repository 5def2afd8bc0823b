package lull.lanes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Pauses of a flow. While a scope is paused, one of its records at a time is tried, at intervals;
/// after one is handled, the scope continues. Times are nanoseconds of one monotonic clock. Not
/// thread-safe, except [#inForce()].
final class Pauses {

    private static final class State {
        private final String reason;
        private long nextProbe;
        private boolean probed;

        State(String reason, long nextProbe) {
            this.reason = reason;
            this.nextProbe = nextProbe;
        }

        boolean isDue(long now) {
            return !probed && nextProbe - now <= 0;
        }
    }

    private final ScopeLookup scopes;
    private final long retryNanos;
    private final Map<PauseScope, State> states = new LinkedHashMap<>();
    private volatile List<Pause> inForce = List.of();

    Pauses(ScopeLookup scopes, long retryNanos) {
        this.scopes = scopes;
        this.retryNanos = retryNanos;
    }

    /// Returns the pauses in force, oldest first.
    List<Pause> inForce() {
        return inForce;
    }

    /// Returns the scope whose pause holds back the records of a key; empty if they may run.
    Optional<PauseScope> holding(String key) {
        return states.isEmpty()
                ? Optional.empty()
                : scopes(key).filter(states::containsKey).findFirst();
    }

    /// Pauses a scope, or prolongs its pause. Returns whether it is new.
    boolean pause(PauseScope scope, String reason, long now) {
        boolean isNew = states.put(scope, new State(reason, now + retryNanos)) == null;
        publish();
        return isNew;
    }

    /// Returns the scopes of which a record may be tried now.
    List<PauseScope> due(long now) {
        if (states.isEmpty()) {
            return List.of();
        }
        List<PauseScope> due = new ArrayList<>();
        states.forEach((scope, state) -> {
            if (state.isDue(now)) {
                due.add(scope);
            }
        });
        return due;
    }

    /// Returns the scope that forbids to try a record of a key now; empty if all of its pauses are due.
    Optional<PauseScope> forbidding(String key, long now) {
        return scopes(key)
                .filter(scope -> states.containsKey(scope) && !state(scope).isDue(now))
                .findFirst();
    }

    /// Starts to try a record of a key that was parked in a scope. Returns the scopes that it tests.
    Set<PauseScope> probe(PauseScope parkedIn, String key) {
        Set<PauseScope> probes = new HashSet<>();
        Stream.concat(Stream.of(parkedIn), scopes(key))
                .filter(states::containsKey)
                .forEach(scope -> {
                    state(scope).probed = true;
                    probes.add(scope);
                });
        return Set.copyOf(probes);
    }

    /// Ends a probe without a result: the next probe of its scopes runs after a while.
    void unproved(Collection<PauseScope> probes, long waitNanos, long now) {
        probes.stream().filter(states::containsKey).map(this::state).forEach(state -> {
            state.probed = false;
            state.nextProbe = now + Math.min(retryNanos, waitNanos);
        });
    }

    /// Ends pauses. Returns those that were in force.
    List<PauseScope> over(Collection<PauseScope> scopes) {
        if (scopes.isEmpty()) {
            return List.of();
        }
        List<PauseScope> ended =
                scopes.stream().filter(scope -> states.remove(scope) != null).toList();
        if (!ended.isEmpty()) {
            publish();
        }
        return ended;
    }

    /// Drops pauses that no longer hold anything back, because their partitions are gone. Returns
    /// whether there were any.
    boolean retain(Predicate<PauseScope> holds) {
        boolean any = states.entrySet().removeIf(pause -> !pause.getValue().probed && !holds.test(pause.getKey()));
        if (any) {
            publish();
        }
        return any;
    }

    /// When the next record may be tried; empty if nothing is paused, or everything paused is being
    /// tried.
    OptionalLong nextDue() {
        return states.values().stream()
                .filter(state -> !state.probed)
                .mapToLong(state -> state.nextProbe)
                .min();
    }

    private Stream<PauseScope> scopes(String key) {
        return Stream.concat(Stream.of(PauseScope.PROCESS), scopes.of(key).stream());
    }

    private State state(PauseScope scope) {
        return Objects.requireNonNull(states.get(scope));
    }

    private void publish() {
        List<Pause> pauses = new ArrayList<>();
        states.forEach((scope, state) -> pauses.add(new Pause(scope, state.reason)));
        inForce = List.copyOf(pauses);
    }
}
