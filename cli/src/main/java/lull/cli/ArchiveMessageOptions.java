package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Options of commands that list messages of the archive, and how these are printed.
final class ArchiveMessageOptions {

    @Mixin
    private final ArchivePageOptions page = new ArchivePageOptions();

    @Option(
            names = "--conversation",
            paramLabel = "KEY",
            description = "Only those of this conversation, such as '106540352242922|16505551234'.")
    private @Nullable String conversation;

    @Option(names = "--number", paramLabel = "ID", description = "Only those of this business number.")
    private @Nullable String number;

    @Option(
            names = "--sender",
            paramLabel = "ID",
            description =
                    "Only those of this sender: a customer's user id or phone number, the role of an agent, or the"
                            + " name of an application.")
    private @Nullable String sender;

    @Option(
            names = "--direction",
            paramLabel = "WORD",
            description = "Only those from customers (in), or to them (out).")
    private @Nullable String direction;

    @Option(names = "--kind", paramLabel = "WORD", description = "Only those of this kind, such as text or image.")
    private @Nullable String kind;

    /// Returns them as parameters of an address. Throws [ParameterException] if one has a value that cannot be meant.
    Map<String, String> parameters(CommandSpec spec) {
        if (direction != null && !direction.equals("in") && !direction.equals("out")) {
            throw new ParameterException(spec.commandLine(), "--direction must be in or out, not " + direction);
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("conversation", ArchiveClient.parameter(conversation));
        parameters.put("number", ArchiveClient.parameter(number));
        parameters.put("sender", ArchiveClient.parameter(sender));
        parameters.put("direction", ArchiveClient.parameter(direction));
        parameters.put("kind", ArchiveClient.parameter(kind));
        return page.addTo(parameters, spec);
    }

    static void print(JsonNode answer, PrintWriter out) {
        for (JsonNode item : answer.path("items")) {
            out.println(ArchiveClient.text(item, "at") + "  " + ArchiveClient.text(item, "direction") + "  "
                    + ArchiveClient.text(item, "conversation") + "  " + ArchiveClient.text(item, "kind") + "  "
                    + ArchiveClient.text(item, "id") + "  " + ArchiveClient.text(item, "text"));
            JsonNode file = item.path("file");
            if (file.isObject()) {
                out.println("    file /media/" + ArchiveClient.text(file, "sha256") + "  "
                        + ArchiveClient.text(file, "contentType") + "  " + ArchiveClient.text(file, "bytes")
                        + " bytes  " + ArchiveClient.text(file, "name"));
            }
        }
        ArchiveClient.printNext(answer, out);
    }
}
