package lull.aggregator.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Makes a list that fails smaller: it leaves out ever smaller parts for as long as what is left still fails.
final class Shrinker {

    private Shrinker() {}

    /// What is left when no single element can be left out any more.
    ///
    /// @param failing a list that fails
    static <T> List<T> shrink(List<T> failing, Predicate<List<T>> fails) {
        List<T> small = failing;
        int part = Math.max(1, small.size() / 2);
        while (part > 0) {
            List<T> smaller = withoutParts(small, part, fails);
            // Leaving out one may have made another superfluous.
            part = part == 1 && smaller.size() < small.size() ? 1 : part / 2;
            small = smaller;
        }
        return small;
    }

    private static <T> List<T> withoutParts(List<T> failing, int part, Predicate<List<T>> fails) {
        List<T> small = failing;
        int from = 0;
        while (from < small.size()) {
            List<T> candidate = new ArrayList<>(small.subList(0, from));
            candidate.addAll(small.subList(Math.min(small.size(), from + part), small.size()));
            if (fails.test(candidate)) {
                small = candidate;
            } else {
                from += part;
            }
        }
        return small;
    }
}
