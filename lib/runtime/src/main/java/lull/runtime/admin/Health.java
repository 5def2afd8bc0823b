package lull.runtime.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// Health of a process: whether it is live, whether it is ready, and what does not work while it is
/// ready, as reported by its parts. A check returns a problem in words, or nothing if it is OK; it must
/// return at once. Safe for several threads.
public final class Health {

    /// Something that does not work while the process is ready.
    ///
    /// @param part of the process, such as a flow
    /// @param scope that is affected, such as `business_number 106540352242922`
    /// @param cause in words, with what to do
    public record Degradation(String part, String scope, String cause) {}

    /// Something that waits because it could not be handled yet.
    ///
    /// @param conversation the masked key of the conversation, or of what waits instead
    /// @param since when its first record was written
    /// @param records that wait, one after the other
    /// @param attempts at the first of them
    /// @param reason in words, without anything personal
    public record Waiting(String conversation, Instant since, int records, int attempts, String reason) {}

    private final Map<String, IntFunction<List<Waiting>>> waits = new ConcurrentSkipListMap<>();
    private final Map<String, Supplier<Optional<String>>> liveness = new ConcurrentSkipListMap<>();
    private final Map<String, Supplier<Optional<String>>> readiness = new ConcurrentSkipListMap<>();

    private final Map<String, Supplier<List<Degradation>>> degraded = new ConcurrentSkipListMap<>();

    /// Adds a liveness check, whose problem only a restart of the process fixes.
    public void livesWhile(String name, Supplier<Optional<String>> problem) {
        add(liveness, name, problem);
    }

    /// Adds a readiness check, whose problem is temporary, such as an unavailable broker.
    public void readyWhile(String name, Supplier<Optional<String>> problem) {
        add(readiness, name, problem);
    }

    /// Adds a check of something that may not work while the process is ready, such as a store for
    /// files.
    public void degradedWhile(String name, Supplier<Optional<String>> problem) {
        degradedIn(
                name,
                () -> problem.get().stream()
                        .map(cause -> new Degradation(name, name, cause))
                        .toList());
    }

    /// Adds a check of a part of which several scopes may not work while the rest does; it returns all
    /// of them.
    public void degradedIn(String part, Supplier<List<Degradation>> degradations) {
        degraded.merge(part, degradations, (before, then) -> () -> {
            List<Degradation> both = new ArrayList<>(before.get());
            both.addAll(then.get());
            return both;
        });
    }

    /// Adds what waits in a flow because it could not be handled yet: the function returns the oldest ones, at most as
    /// many as it is told.
    public void waitsIn(String flow, IntFunction<List<Waiting>> oldest) {
        waits.put(flow, oldest);
    }

    /// Returns what waits, by flow, the oldest first.
    ///
    /// @param most of each flow
    public Map<String, List<Waiting>> waiting(int most) {
        Map<String, List<Waiting>> all = new TreeMap<>();
        waits.forEach((flow, oldest) -> all.put(flow, oldest.apply(most)));
        return all;
    }

    /// Returns what does not work while the process is ready.
    public List<Degradation> degradations() {
        return degraded.values().stream().flatMap(check -> check.get().stream()).toList();
    }

    /// Returns why the process is not live; empty if it is.
    public List<String> fatalProblems() {
        return problems(liveness);
    }

    /// Returns why the process is not ready; empty if it is.
    public List<String> problems() {
        List<String> all = new ArrayList<>(problems(liveness));
        all.addAll(problems(readiness));
        return all;
    }

    /// If several checks have the same name, all run, and the first problem is reported.
    private static void add(
            Map<String, Supplier<Optional<String>>> checks, String name, Supplier<Optional<String>> problem) {
        checks.merge(name, problem, (before, then) -> () -> before.get().or(then));
    }

    private static List<String> problems(Map<String, Supplier<Optional<String>>> checks) {
        List<String> problems = new ArrayList<>();
        checks.forEach((name, check) -> check.get().ifPresent(problem -> problems.add(name + ": " + problem)));
        return problems;
    }
}
