package lull.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.cli.json.JsonOutput;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.registry.Actions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull whatsapp list`: all actions of this version of Lull. Nothing is called.
@Command(
        name = "list",
        description = {
            "Lists the actions of this version of Lull, by category. It calls nothing.",
            "Column BY: graph and eum are the providers that have the operation. A change needs a token with the scope"
                    + " change; ! marks what must be confirmed with --confirm."
        },
        mixinStandardHelpOptions = true)
final class WhatsAppListCommand implements Callable<Integer> {

    private static final int SHOWN = 80;

    @Option(names = "--category", paramLabel = "NAME", description = "Only those of this category, such as templates.")
    private @Nullable String category;

    @Option(names = "--markdown", description = "Print the tables of docs/actions.md.")
    private boolean isMarkdown;

    @Option(names = "--openapi", description = "Print docs/openapi-actions.yaml.")
    private boolean isOpenApi;

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        json.requireAlone(spec, "--markdown", isMarkdown);
        json.requireAlone(spec, "--openapi", isOpenApi);
        if (isMarkdown) {
            ActionsPage.print(out);
        } else if (isOpenApi) {
            ActionsOpenApi.print(out);
        } else {
            List<ActionDescriptor> shown = Actions.all().stream()
                    .map(Action::descriptor)
                    .filter(action ->
                            category == null || action.category().word().equals(category))
                    .toList();
            if (shown.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no category " + category + ": use one of "
                                + Stream.of(ActionCategory.values())
                                        .map(ActionCategory::word)
                                        .collect(Collectors.joining(", ")));
            }
            shown.forEach(action -> {
                if (json.isWanted()) {
                    JsonOutput.print(action.json(), out);
                }
            });
            if (!json.isWanted()) {
                table(shown, out);
            }
        }
        out.flush();
        return 0;
    }

    private static void table(List<ActionDescriptor> shown, PrintWriter out) {
        int width =
                shown.stream().mapToInt(action -> action.name().length()).max().orElse(0);
        ActionCategory last = null;
        for (ActionDescriptor action : shown) {
            if (action.category() != last) {
                out.println((last == null ? "" : System.lineSeparator())
                        + action.category().title() + " (" + action.category().word() + ")");
                last = action.category();
            }
            out.printf(
                    "  %-" + width + "s  %-7s  %-9s  %s%n",
                    action.name(),
                    (action.isChange() ? "change" : "read") + (action.confirm().isEmpty() ? "" : "!"),
                    providers(action),
                    first(action.description()));
        }
    }

    private static String providers(ActionDescriptor action) {
        return Stream.of(
                        action.graph().isEmpty() ? "" : "graph", action.social().isEmpty() ? "" : "eum")
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(","));
    }

    /// The first sentence, if it is short.
    private static String first(String description) {
        int end = description.indexOf(". ");
        String sentence = end < 0 ? description : description.substring(0, end + 1);
        return sentence.length() <= SHOWN ? sentence : sentence.substring(0, SHOWN - 1) + "…";
    }
}
