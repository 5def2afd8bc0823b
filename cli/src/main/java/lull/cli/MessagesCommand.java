package lull.cli;

import java.util.concurrent.Callable;
import lull.contract.json.UnreadableJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `lull messages`: lists messages of the archive.
@Command(
        name = "messages",
        description = "Lists messages and replies of the archive, newest first.",
        mixinStandardHelpOptions = true)
final class MessagesCommand implements Callable<Integer> {

    @Mixin
    private final ArchiveClient archive = new ArchiveClient();

    @Mixin
    private final ArchiveMessageOptions messages = new ArchiveMessageOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, UnreadableJson {
        archive.print(
                "/messages", messages.parameters(spec), spec.commandLine().getOut(), ArchiveMessageOptions::print);
        return 0;
    }
}
