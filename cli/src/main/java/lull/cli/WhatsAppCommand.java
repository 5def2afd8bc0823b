package lull.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `lull whatsapp`: actions of the business on WhatsApp.
@Command(
        name = "whatsapp",
        description = "Lists, describes and performs actions of the business on WhatsApp, such as templates, profiles,"
                + " groups and flows, and shows what WhatsApp says about accounts.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            WhatsAppListCommand.class,
            WhatsAppDescribeCommand.class,
            WhatsAppRunCommand.class,
            WhatsAppStatusCommand.class
        },
        mixinStandardHelpOptions = true)
final class WhatsAppCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /// Prints the usage.
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 0;
    }
}
