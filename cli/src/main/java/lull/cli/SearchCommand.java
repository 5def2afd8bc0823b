package lull.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import lull.contract.json.UnreadableJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lull search`: finds messages of the archive by their words.
@Command(
        name = "search",
        description = "Finds messages and replies of the archive that have all of these words, newest first.",
        mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {

    @Mixin
    private final ArchiveClient archive = new ArchiveClient();

    @Mixin
    private final ArchiveMessageOptions messages = new ArchiveMessageOptions();

    @Parameters(paramLabel = "WORD", arity = "1..*", description = "Words in any order.")
    private List<String> words = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, UnreadableJson {
        String given = String.join(" ", words).strip();
        if (given.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Give a word to search for");
        }
        Map<String, String> parameters = messages.parameters(spec);
        parameters.put("words", given);
        archive.print("/search", parameters, spec.commandLine().getOut(), ArchiveMessageOptions::print);
        return 0;
    }
}
