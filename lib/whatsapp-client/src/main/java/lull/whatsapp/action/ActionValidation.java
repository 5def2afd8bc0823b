package lull.whatsapp.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import lull.runtime.settings.Nearest;

/// Check of an action's parameters, which reports all problems at once. Pure.
public final class ActionValidation {

    private static final int MAX_PROBLEMS = 100;
    private static final int SHOWN = 60;

    private ActionValidation() {}

    /// Returns what is wrong with parameters; empty if nothing is.
    public static List<String> problems(ActionDescriptor action, ObjectNode given) {
        List<String> problems = new ArrayList<>();
        action.parameters().forEach(parameter -> parameter.check(given, "", problems));
        List<String> names = action.parameters().stream().map(Parameter::name).toList();
        given.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                problems.add(shown(name) + " is not a parameter of " + action.name()
                        + Nearest.to(shown(name), names)
                                .map(near -> ": did you mean " + near + "?")
                                .orElse(""));
            }
        });
        if (problems.isEmpty()) {
            action.rules().forEach(rule -> rule.check().accept(given, problems));
        }
        return List.copyOf(problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS)));
    }

    /// A name from outside, short and without control characters.
    static String shown(String name) {
        String visible = name.replaceAll("\\p{Cc}|\\p{Cs}", "?");
        return visible.length() <= SHOWN ? visible : visible.substring(0, SHOWN) + "…";
    }
}
