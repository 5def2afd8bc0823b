package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import lull.cli.json.JsonOutput;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.CannotStart;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionValidation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lull whatsapp run`: performs an action by a running ingress, which has the access tokens and records who did what.
@Command(
        name = "run",
        description = {
            "Performs an action by a running ingress, which has the access tokens and records who did what.",
            "The parameters are checked before anything is sent; all problems are shown at once."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class WhatsAppRunCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;

    @Parameters(paramLabel = "NAME", description = "Name of the action, such as create_template.")
    private String name = "";

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description =
                    "A parameter. Lists and objects are JSON; a list of texts may also be words separated by commas."
                            + " @FILE stands for the content of a file.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--file", paramLabel = "FILE", description = "JSON file with parameters; --param overrides it.")
    private @Nullable Path file;

    @Option(names = "--confirm", description = "Confirm what cannot be undone.")
    private boolean isConfirmed;

    @Option(
            names = "--key",
            paramLabel = "TEXT",
            description = "Idempotency-Key of a change: give the same one to repeat it. Default: a new one.")
    private @Nullable String key;

    @Option(names = "--out", paramLabel = "FILE", description = "File for the content of a file in the answer.")
    private @Nullable Path output;

    @Mixin
    private final IngressAccess ingress = new IngressAccess();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, UnreadableJson {
        ActionDescriptor action = WhatsAppDescribeCommand.find(name, spec);
        ObjectNode given = new ActionArguments(action, spec).read(file, parameters);
        // The ingress has defaults for some, so that they may be missing here.
        List<String> problems = ActionValidation.problems(action, given).stream()
                .filter(problem -> !problem.matches("(number|account|app) is required: .*"))
                .toList();
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), name + ": " + String.join("; ", problems));
        }
        if (!action.confirm().isEmpty() && !isConfirmed) {
            throw new ParameterException(spec.commandLine(), name + " needs --confirm: " + action.confirm());
        }
        String idempotency = key == null ? UUID.randomUUID().toString() : key;
        ServiceCall call = ingress.call(LIMIT, MAX_ANSWER_BYTES);
        JsonNode answer = Json.tree(call.send(call.request("/actions/" + name + (isConfirmed ? "?confirm=true" : ""))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotency)
                .POST(BodyPublishers.ofByteArray(Json.bytes(given)))));
        print(answer);
        return 0;
    }

    private void print(JsonNode answer) {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode result = answer.path("result");
        if (output != null && result instanceof ObjectNode file && file.hasNonNull("content")) {
            write(file, output);
        }
        if (json.isWanted()) {
            JsonOutput.print(answer, out);
        } else {
            if (answer.path("repeated").asBoolean(false)) {
                out.println("Done before, at " + answer.path("at").asText() + ": nothing was repeated");
            }
            ResultText.print(result, out);
            if (answer.hasNonNull("webhook")) {
                out.println("The outcome arrives in webhooks of the field "
                        + answer.path("webhook").asText());
            }
        }
        out.flush();
    }

    private void write(ObjectNode result, Path to) {
        try {
            Files.write(to, Base64.getDecoder().decode(result.path("content").asText()));
            result.put("content", "in " + to);
        } catch (IOException e) {
            throw new CannotStart(
                    "The file " + to + " cannot be written: " + e.getClass().getSimpleName(), e);
        }
    }
}
