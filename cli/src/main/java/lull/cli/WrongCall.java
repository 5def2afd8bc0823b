package lull.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lull.runtime.settings.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Handler of a command line that is not valid: prints one sentence with the error and a remedy.
final class WrongCall implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println(command.getColorScheme().errorText(words(failure, command)));
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String words(ParameterException failure, CommandLine command) {
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String first = unmatched.getUnmatched().getFirst();
            if (first.startsWith("-")) {
                return noSuchOption(command, first);
            }
            return command.getSubcommands().isEmpty()
                    ? "Unexpected argument '" + first + "'" + help(command)
                    : noSuchCommand(command, first);
        }
        String message = String.valueOf(failure.getMessage());
        return message + help(command);
    }

    /// Returns the sentence for a word that is not a command.
    ///
    /// @param above the command that has no such subcommand
    static String noSuchCommand(CommandLine above, String word) {
        String name = above.getCommandSpec().qualifiedName();
        return "There is no command '" + name + " " + word + "'"
                + nearest(word, new ArrayList<>(above.getSubcommands().keySet()))
                        .map(meant -> ". Did you mean '" + name + " " + meant + "'? ")
                        .orElse(". ")
                + "'" + helpFor(above) + "' lists all commands.";
    }

    private static String noSuchOption(CommandLine command, String word) {
        String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        List<String> names = command.getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .toList();
        return "There is no option " + option
                + nearest(option, names)
                        .map(meant -> ". Did you mean " + meant + "? ")
                        .orElse(". ")
                + howToCall(command);
    }

    /// Returns a name that differs in few letters, otherwise the only one that begins with the word.
    private static Optional<String> nearest(String word, List<String> names) {
        Optional<String> similar = Nearest.to(word, names);
        if (similar.isPresent()) {
            return similar;
        }
        List<String> longer = names.stream()
                .filter(name -> word.length() >= 3 && name.startsWith(word))
                .toList();
        return longer.size() == 1 ? Optional.of(longer.getFirst()) : Optional.empty();
    }

    private static String help(CommandLine command) {
        return ". " + howToCall(command);
    }

    private static String howToCall(CommandLine command) {
        return "'" + helpFor(command) + "' shows how to use it.";
    }

    private static String helpFor(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        return "lull help" + name.substring("lull".length());
    }
}
