package lull.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lull help`: how to call a command, as its `--help` option also shows.
@Command(
        name = "help",
        description = "Shows how to use a command, as in: lull help topics create.",
        mixinStandardHelpOptions = true)
final class HelpCommand implements Callable<Integer> {

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command.")
    private List<String> words = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine command = spec.parent().commandLine();
        for (String word : words) {
            CommandLine next = command.getSubcommands().get(word);
            if (next == null) {
                spec.commandLine().getErr().println(WrongCall.noSuchCommand(command, word));
                return CommandLine.ExitCode.USAGE;
            }
            command = next;
        }
        command.usage(spec.commandLine().getOut());
        return CommandLine.ExitCode.OK;
    }
}
