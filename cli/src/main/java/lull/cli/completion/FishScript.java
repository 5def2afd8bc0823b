package lull.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Script by which fish completes a command line; picocli writes one only for bash and zsh. Pure.
final class FishScript {

    private final String program;
    private final List<String> paths = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    private FishScript(String program) {
        this.program = program;
    }

    /// Returns the script of a command line with all of its subcommands.
    static String of(CommandLine commandLine) {
        FishScript script = new FishScript(commandLine.getCommandName());
        script.command(commandLine, "");
        List<String> all = new ArrayList<>();
        all.add("# Completion of " + script.program + " for fish");
        all.add("set -g __" + script.program + "_commands "
                + script.paths.stream().map(FishScript::quoted).collect(Collectors.joining(" ")));
        // Which command the words before the cursor are, whatever options are between them.
        all.add("function __" + script.program + "_at");
        all.add("    set -l path");
        all.add("    for word in (commandline -opc)[2..]");
        all.add("        set -l next (string trim -- \"$path $word\")");
        all.add("        contains -- $next $__" + script.program + "_commands; and set path $next");
        all.add("    end");
        all.add("    test \"$path\" = \"$argv[1]\"");
        all.add("end");
        all.addAll(script.lines);
        return String.join("\n", all) + "\n";
    }

    private void command(CommandLine command, String path) {
        String condition = "-n \"__" + program + "_at '" + path + "'\"";
        command.getSubcommands().forEach((name, subcommand) -> {
            CommandSpec spec = subcommand.getCommandSpec();
            if (!spec.usageMessage().hidden()) {
                lines.add("complete -c " + program + " -f " + condition + " -a " + name + " -d "
                        + quoted(first(spec.usageMessage().description())));
            }
        });
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                lines.add(line(option, condition));
            }
        }
        command.getSubcommands().forEach((name, subcommand) -> {
            String deeper = (path + " " + name).strip();
            paths.add(deeper);
            command(subcommand, deeper);
        });
    }

    private String line(OptionSpec option, String condition) {
        StringBuilder line = new StringBuilder("complete -c " + program + " " + condition);
        for (String name : option.names()) {
            line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
        }
        if (option.arity().max() > 0) {
            line.append(" -r");
        }
        return line.append(" -d ").append(quoted(first(option.description()))).toString();
    }

    /// The first sentence.
    private static String first(String[] description) {
        String all = String.join(" ", description);
        int end = all.indexOf(". ");
        return end < 0 ? all : all.substring(0, end + 1);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
