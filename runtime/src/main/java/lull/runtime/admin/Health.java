package lull.runtime.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/// Whether the process lives, whether it can serve, and what it serves less well, as its parts report it. A check
/// answers
/// with a problem in words, or with nothing if all is well; it must answer at once.
public final class Health {

    private final Map<String, Supplier<Optional<String>>> liveness = new ConcurrentSkipListMap<>();
    private final Map<String, Supplier<Optional<String>>> readiness = new ConcurrentSkipListMap<>();
    private final Map<String, Supplier<Optional<String>>> degradation = new ConcurrentSkipListMap<>();

    /// Adds a check whose problem only a restart of the process heals.
    public void livesWhile(String name, Supplier<Optional<String>> problem) {
        add(liveness, name, problem);
    }

    /// Adds a check whose problem passes, such as a broker that is away.
    public void readyWhile(String name, Supplier<Optional<String>> problem) {
        add(readiness, name, problem);
    }

    /// Adds a check whose problem passes and which leaves most of the process's work going on, such as a store for
    /// files
    /// that is unavailable: the process stays ready.
    public void degradedWhile(String name, Supplier<Optional<String>> problem) {
        add(degradation, name, problem);
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

    /// What goes wrong although the process is ready, empty if nothing does.
    public List<String> degradations() {
        return problems(degradation);
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
