package lull.cli;

import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import lull.cli.completion.CompletionCommand;
import lull.cli.sizing.SizingCommand;
import lull.contract.json.UnreadableJson;
import lull.runtime.CannotStart;
import lull.runtime.log.FailurePlace;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Command line of Lull. Other parts of an installation add commands as services of type [LullCommand].
@Command(
        name = "lull",
        description = "Bursts of WhatsApp messages become whole turns in an Amazon Connect chat, over Kafka.",
        mixinStandardHelpOptions = true,
        versionProvider = LullVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            IngressCommand.class,
            AggregatorCommand.class,
            BridgeCommand.class,
            ApplicationsCommand.class,
            ArchiveCommand.class,
            ConsoleCommand.class,
            TopCommand.class,
            TopicsCommand.class,
            GapCommand.class,
            RouteCommand.class,
            FlagCommand.class,
            DeadLetterCommand.class,
            ConversationsCommand.class,
            MessagesCommand.class,
            SearchCommand.class,
            TraceCommand.class,
            EraseCommand.class,
            SendCommand.class,
            WhatsAppCommand.class,
            CampaignCommand.class,
            DoctorCommand.class,
            SettingsCommand.class,
            InitCommand.class,
            CostCommand.class,
            SizingCommand.class,
            IamCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        })
public final class Lull implements Callable<Integer> {

    /// Property of the log's configuration: where lines go.
    private static final String LOG_TARGET = "lull.log.target";

    @Spec
    private CommandSpec spec;

    private Lull() {}

    /// Prints the usage: `lull` alone lists the commands.
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return CommandLine.ExitCode.OK;
    }

    /// Runs a command. The exit code is 0 for success, 1 for a failure that is reported, 2 for a wrong
    /// call.
    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--json")) {
            // Before anything logs: the standard output has JSON only.
            System.setProperty(LOG_TARGET, "System.err");
        }
        System.exit(commandLine().execute(arguments));
    }

    /// Returns the whole command line, for callers that run commands without ending the process.
    public static CommandLine commandLine() {
        CommandLine lull = new CommandLine(new Lull());
        ServiceLoader.load(LullCommand.class).forEach(lull::addSubcommand);
        lull.setParameterExceptionHandler(new WrongCall());
        lull.setExecutionExceptionHandler((failure, command, _) -> {
            command.getErr().println(command.getColorScheme().errorText(reason(failure, command)));
            return failure instanceof WrongRequest ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
        });
        return lull;
    }

    /// Returns the text that is shown for a failure: its message if it was written for people,
    /// otherwise only where it comes from, because other messages may quote a secret or a customer's
    /// text.
    private static String reason(Throwable failure, CommandLine command) {
        String message = failure.getMessage();
        boolean isTold = failure instanceof CannotStart
                || failure instanceof WrongRequest
                || failure instanceof UnreadableJson
                || isAdded(command);
        return isTold && message != null
                ? message
                : "The command failed unexpectedly: " + FailurePlace.withCauses(failure)
                        + ". Report this line as a bug";
    }

    /// Whether a command comes from another part of an installation: the local system and the
    /// benchmarks, which have no secrets and no personal data.
    private static boolean isAdded(CommandLine command) {
        return command.getCommand() instanceof LullCommand
                || (command.getParent() != null && isAdded(command.getParent()));
    }
}
