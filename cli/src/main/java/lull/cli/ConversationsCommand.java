package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import lull.contract.json.UnreadableJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull conversations`: lists conversations of the archive, archives one, or marks one as read.
@Command(
        name = "conversations",
        description = "Lists conversations of the archive by their last activity, archives one, or marks one as read.",
        mixinStandardHelpOptions = true)
final class ConversationsCommand implements Callable<Integer> {

    private static final String PATH = "/conversations";

    @Mixin
    private final ArchiveClient archive = new ArchiveClient();

    @Mixin
    private final ArchivePageOptions page = new ArchivePageOptions();

    @Option(names = "--number", paramLabel = "ID", description = "Only those of this business number.")
    private @Nullable String number;

    @Option(names = "--archived", description = "Only archived ones; --no-archived: only others.", negatable = true)
    private @Nullable Boolean archived;

    @Option(names = "--archive", paramLabel = "CONVERSATION", description = "Archive this conversation.")
    private @Nullable String toArchive;

    @Option(names = "--unarchive", paramLabel = "CONVERSATION", description = "End that it is archived.")
    private @Nullable String toUnarchive;

    @Option(names = "--read", paramLabel = "CONVERSATION", description = "Mark its messages as read.")
    private @Nullable String toRead;

    @Option(names = "--by", paramLabel = "NAME", description = "The author, with --archive. Default: your user name.")
    private @Nullable String by;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, UnreadableJson {
        PrintWriter out = spec.commandLine().getOut();
        String one = one();
        if (one == null) {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("number", ArchiveClient.parameter(number));
            parameters.put("archived", ArchiveClient.parameter(archived));
            archive.print(PATH, page.addTo(parameters, spec), out, ConversationsCommand::print);
        } else {
            String path = PATH + "/" + ArchiveClient.encoded(one);
            String author = by == null ? System.getProperty("user.name") : by;
            archive.change(
                    toUnarchive == null ? "PUT" : "DELETE",
                    path + (toRead == null ? "/archived" : "/read"),
                    toArchive == null ? Map.of() : Map.of("by", author),
                    out,
                    ConversationsCommand::printOne);
        }
        return 0;
    }

    private @Nullable String one() {
        String found = null;
        for (String given : new @Nullable String[] {toArchive, toUnarchive, toRead}) {
            if (given != null && found != null) {
                throw new ParameterException(spec.commandLine(), "Give only one of --archive, --unarchive and --read");
            }
            found = given == null ? found : given;
        }
        return found;
    }

    private static void print(JsonNode answer, PrintWriter out) {
        answer.path("items").forEach(item -> printOne(item, out));
        ArchiveClient.printNext(answer, out);
    }

    private static void printOne(JsonNode item, PrintWriter out) {
        out.println(ArchiveClient.text(item, "lastActivityAt") + "  " + ArchiveClient.text(item, "conversation") + "  "
                + ArchiveClient.text(item, "name") + "  unread "
                + item.path("unread").asInt()
                + (item.path("archived").asBoolean() ? "  archived" : ""));
    }
}
