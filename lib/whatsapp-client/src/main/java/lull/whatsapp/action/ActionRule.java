package lull.whatsapp.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Rule about several parameters of an action.
///
/// @param words what must hold, for people
/// @param check adds problems of parameters that each are valid
public record ActionRule(String words, BiConsumer<ObjectNode, List<String>> check) {

    /// Exactly one of some parameters must be given.
    public static ActionRule exactlyOne(String... names) {
        return holds(
                "exactly one of " + String.join(", ", names) + " must be given",
                given -> Stream.of(names).filter(given::hasNonNull).count() == 1);
    }

    /// At least one of some parameters must be given.
    public static ActionRule atLeastOne(String... names) {
        return holds(
                "at least one of " + String.join(", ", names) + " must be given",
                given -> Stream.of(names).anyMatch(given::hasNonNull));
    }

    /// At most one of some parameters may be given.
    public static ActionRule atMostOne(String... names) {
        return holds(
                "at most one of " + String.join(", ", names) + " may be given",
                given -> Stream.of(names).filter(given::hasNonNull).count() <= 1);
    }

    /// A condition about the parameters.
    public static ActionRule holds(String words, Predicate<ObjectNode> condition) {
        return new ActionRule(words, (given, problems) -> {
            if (!condition.test(given)) {
                problems.add(words);
            }
        });
    }
}
