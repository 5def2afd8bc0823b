package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import lull.contract.json.Timestamps;
import lull.contract.json.UnreadableJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lull trace`: shows the journey of an id.
@Command(
        name = "trace",
        description = {
            "Shows each step of a message or reply, with its time and its place in the topics.",
            "The id may be one of WhatsApp, a turn, a contact or message of Amazon Connect, a reply, callback data, or a"
                    + " dead letter. With --from and --to it may be a phone number."
        },
        mixinStandardHelpOptions = true)
final class TraceCommand implements Callable<Integer> {

    /// Phone number as people write it, which WhatsApp has in digits.
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9\\s]{3,30}");

    @Mixin
    private final ArchiveClient archive = new ArchiveClient();

    @Parameters(index = "0", paramLabel = "ID", description = "The id.")
    private String id = "";

    @Option(names = "--from", paramLabel = "TIME", description = "Beginning of the time, such as 2026-11-21T10:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "End of the time.")
    private @Nullable String to;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, UnreadableJson {
        String named = id(id);
        if (named.isEmpty()) {
            throw wrong("Give the id of a message, turn, contact, reply or dead letter");
        }
        Map<String, String> parameters = parameters();
        archive.print(
                "/journeys/" + ArchiveClient.encoded(named),
                parameters,
                spec.commandLine().getOut(),
                TraceCommand::print);
        return 0;
    }

    /// Returns an id without blanks around it, and a phone number as the archive has it: in digits.
    static String id(String given) {
        String id = given.strip();
        return PHONE.matcher(id).matches() ? id.replaceAll("[+\\s]", "") : id;
    }

    private Map<String, String> parameters() {
        String beginning = from;
        String end = to;
        if (beginning != null && end != null && !time("--from", beginning).isBefore(time("--to", end))) {
            throw wrong("--from must be before --to");
        }
        if ((beginning == null) != (end == null)) {
            throw wrong("--from and --to are given together");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("from", ArchiveClient.parameter(beginning).strip());
        parameters.put("to", ArchiveClient.parameter(end).strip());
        return parameters;
    }

    private Instant time(String option, String text) {
        return Timestamps.ofIso(text.strip())
                .orElseThrow(() -> wrong(option + " must be a time such as 2026-11-21T10:00:00Z, not " + text));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static void print(JsonNode journey, PrintWriter out) {
        for (JsonNode step : journey.path("steps")) {
            String since =
                    step.has("sinceMillis") ? "+" + step.path("sinceMillis").asLong() + " ms" : "";
            out.printf(
                    "%-27s %12s  %-22s %s%n",
                    ArchiveClient.text(step, "at"),
                    since,
                    ArchiveClient.text(step, "step"),
                    ArchiveClient.text(step, "detail"));
            out.printf(
                    "%-27s %12s  %s-%s-%s%n",
                    "",
                    "",
                    ArchiveClient.text(step, "topic"),
                    ArchiveClient.text(step, "partition"),
                    ArchiveClient.text(step, "offset"));
        }
        if (!journey.path("isWhole").asBoolean(true)) {
            out.println("There are more steps than are shown.");
        }
    }
}
