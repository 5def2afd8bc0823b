package lull.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import lull.cli.json.JsonOutput;
import lull.contract.json.Json;
import lull.runtime.settings.Nearest;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.registry.Actions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lull whatsapp describe`: one action with its parameters. Nothing is called.
@Command(
        name = "describe",
        description =
                "Shows an action: what it does, its parameters with their limits, and an example. It calls nothing.",
        mixinStandardHelpOptions = true)
final class WhatsAppDescribeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "Name of the action, such as create_template.")
    private String name = "";

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ActionDescriptor action = find(name, spec);
        PrintWriter out = spec.commandLine().getOut();
        if (json.isWanted()) {
            JsonOutput.print(action.json(), out);
        } else {
            describe(action, out);
        }
        out.flush();
        return 0;
    }

    /// Returns an action, or ends the command with what is wrong with its name.
    static ActionDescriptor find(String name, CommandSpec spec) {
        return Actions.find(name)
                .map(Action::descriptor)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        Actions.unavailable(name)
                                .map(other -> name + " is not available: " + other.reason())
                                .orElseGet(() -> "There is no action " + name
                                        + Nearest.to(name, Actions.names())
                                                .map(near -> ". Did you mean " + near)
                                                .orElse(": 'lull whatsapp list' lists all"))));
    }

    private static void describe(ActionDescriptor action, PrintWriter out) {
        out.println(action.name() + ": " + action.description());
        out.println();
        row(out, "effect", action.isChange() ? "change" : "read");
        row(out, "permission", action.permission().word());
        row(out, "Graph API", action.graph());
        row(out, "AWS", action.social());
        row(out, "confirm", action.confirm());
        row(
                out,
                "result",
                action.webhook().isEmpty() ? "" : "the outcome arrives in webhooks of the field " + action.webhook());
        row(
                out,
                "repeatable",
                action.isRepeatable() ? "yes, it has the same effect twice" : "no, repeat it only with the same key");
        out.println();
        action.parameters()
                .forEach(parameter -> out.printf(
                        "  %s%s  %s%n      %s%n",
                        parameter.name(),
                        parameter.isRequired() ? " (required)" : "",
                        parameter.description(),
                        parameter.type().words()));
        action.rules().forEach(rule -> out.println("  rule: " + rule.words()));
        out.println();
        out.println("Example: " + Json.text(action.example()));
    }

    private static void row(PrintWriter out, String name, String value) {
        if (!value.isEmpty()) {
            out.printf("  %-11s %s%n", name, value);
        }
    }
}
