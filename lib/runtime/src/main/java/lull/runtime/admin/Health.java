package lull.runtime.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/// Health of a process: whether it lives, whether it can serve, and what it cannot do beside that, as its parts
/// report it. A check answers with a problem in words, or with nothing if all is well; it must answer at once.
/// Safe for several threads.
public final class Health {

    /// Something that does not work while the process serves all the same.
    ///
    /// @param part of the process, such as a flow
    /// @param scope that is affected, such as `business_number 106540352242922`
    /// @param cause in words, with what to do
    public record Degradation(String part, String scope, String cause) {}

    private final Map<String, Supplier<Optional<String>>> liveness = new ConcurrentSkipListMap<>();
    private final Map<String, Supplier<Optional<String>>> readiness = new ConcurrentSkipListMap<>();

    private final Map<String, Supplier<List<Degradation>>> degraded = new ConcurrentSkipListMap<>();

    /// Adds a check whose problem only a restart of the process heals.
    public void livesWhile(String name, Supplier<Optional<String>> problem) {
        add(liveness, name, problem);
    }

    /// Adds a check whose problem passes, such as a broker that is away.
    public void readyWhile(String name, Supplier<Optional<String>> problem) {
        add(readiness, name, problem);
    }

    /// Adds a check of something that does not work while the process serves all the same, such as a store for files.
    public void degradedWhile(String name, Supplier<Optional<String>> problem) {
        degradedIn(
                name,
                () -> problem.get().stream()
                        .map(cause -> new Degradation(name, name, cause))
                        .toList());
    }

    /// Adds a check of a part of which several scopes may not work while the rest goes on; it answers with all of them.
    public void degradedIn(String part, Supplier<List<Degradation>> degradations) {
        degraded.merge(part, degradations, (before, then) -> () -> {
            List<Degradation> both = new ArrayList<>(before.get());
            both.addAll(then.get());
            return both;
        });
    }

    /// What does not work while the process serves all the same.
    public List<Degradation> degradations() {
        return degraded.values().stream().flatMap(check -> check.get().stream()).toList();
    }

    /// What keeps the process from living, empty when it lives.
    public List<String> fatalProblems() {
        return problems(liveness);
    }

    /// What keeps the process from serving, empty when it is ready.
    public List<String> problems() {
        List<String> all = new ArrayList<>(problems(liveness));
        all.addAll(problems(readiness));
        return all;
    }

    /// Of equal names each is checked, and the first that has a problem tells it.
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
