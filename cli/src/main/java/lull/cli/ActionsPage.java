package lull.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionAdvice;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.registry.Actions;

/// The tables of docs/actions.md: actions by category, actions that no provider has, and error codes.
final class ActionsPage {

    private ActionsPage() {}

    static void print(PrintWriter out) {
        for (ActionCategory category : ActionCategory.values()) {
            List<ActionDescriptor> actions = Actions.all().stream()
                    .map(Action::descriptor)
                    .filter(action -> action.category() == category)
                    .toList();
            if (!actions.isEmpty()) {
                out.println("## " + category.title());
                out.println();
                out.println("| action | what it does | parameters | by |");
                out.println("|---|---|---|---|");
                actions.forEach(action -> out.println(row(action)));
                out.println();
            }
        }
        out.println("## Not available");
        out.println();
        out.println("| action | reason |");
        out.println("|---|---|");
        Actions.unavailable().forEach(each -> out.println("| `" + each.name() + "` | " + cell(each.reason()) + " |"));
        out.println();
        out.println("## Errors of WhatsApp");
        out.println();
        out.println("| code or subcode | what to do |");
        out.println("|---|---|");
        ActionAdvice.all().forEach((code, words) -> out.println("| " + code + " | " + cell(words) + " |"));
    }

    private static String row(ActionDescriptor action) {
        return "| `" + action.name() + "` " + (action.isChange() ? "changes" : "reads") + " | "
                + cell(action.description())
                + (action.confirm().isEmpty() ? "" : " **Confirm:** " + cell(action.confirm()) + ".")
                + (action.webhook().isEmpty()
                        ? ""
                        : " The outcome arrives by webhook, field `" + action.webhook() + "`.")
                + " | " + parameters(action) + " | " + providers(action) + " |";
    }

    private static String parameters(ActionDescriptor action) {
        String all = action.parameters().stream()
                .map(each -> "`" + each.name() + "`" + (each.isRequired() ? "" : "?") + ": "
                        + cell(each.type().words()))
                .collect(Collectors.joining("; "));
        String rules = action.rules().stream().map(rule -> cell(rule.words())).collect(Collectors.joining("; "));
        return all + (rules.isEmpty() ? "" : ". Rules: " + rules);
    }

    private static String providers(ActionDescriptor action) {
        return Stream.of(
                        action.graph().isEmpty()
                                ? ""
                                : "`" + action.graph() + "`, "
                                        + action.permission().word(),
                        action.social().isEmpty() ? "" : action.social())
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
