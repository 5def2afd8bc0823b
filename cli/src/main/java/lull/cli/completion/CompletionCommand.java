package lull.cli.completion;

import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `lull completion`: prints the script by which a shell completes commands and options.
@Command(
        name = "completion",
        description = {
            "Prints a script by which your shell completes commands and options.",
            "",
            "bash, in ~/.bashrc:      source <(lull completion bash)",
            "zsh, in ~/.zshrc:        source <(lull completion zsh)",
            "fish, in config.fish:    lull completion fish | source",
            "",
            "It completes `lull` and, in bash, each path that ends in it, such as bin/lull."
        },
        mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "SHELL",
            completionCandidates = Shells.class,
            converter = Shells.class,
            description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.BASH;

    @Spec
    private CommandSpec spec;

    /// A shell that Lull has a script for.
    private enum Shell {
        BASH,
        ZSH,
        FISH;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The words for shells.
    private static final class Shells implements ITypeConverter<Shell>, Iterable<String> {

        @Override
        public Shell convert(String word) {
            return Stream.of(Shell.values())
                    .filter(shell -> shell.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + word + "' is not bash, zsh or fish"));
        }

        @Override
        public Iterator<String> iterator() {
            return Stream.of(Shell.values()).map(Shell::word).iterator();
        }
    }

    @Override
    public Integer call() {
        CommandLine lull = spec.root().commandLine();
        spec.commandLine().getOut().print(script(lull));
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    private String script(CommandLine lull) {
        return switch (shell) {
            // The script asks which shell runs it.
            case BASH, ZSH -> AutoComplete.bash(lull.getCommandName(), lull);
            case FISH -> FishScript.of(lull);
        };
    }
}
