package lull.cli.json;

import java.io.PrintWriter;
import lull.contract.json.Json;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Option `--json` of commands that print data or the result of a change: add it as a mixin. With it the standard
/// output has JSON only, each value in a line of its own; progress and errors go to the standard error.
public final class JsonOutput {

    @Option(names = "--json", description = "Print JSON: one object, or one in a line of its own for each item.")
    private boolean isWanted;

    /// Whether the caller wants JSON.
    public boolean isWanted() {
        return isWanted;
    }

    /// Throws [ParameterException] if another option that chooses the form of the output is given too.
    public void requireAlone(CommandSpec spec, String option, boolean isGiven) {
        if (isWanted && isGiven) {
            throw new ParameterException(
                    spec.commandLine(), "--json and " + option + " choose two forms of the output: give one of them");
        }
    }

    /// Returns the writer for what is not part of the result.
    public PrintWriter progress(CommandSpec spec) {
        return isWanted ? spec.commandLine().getErr() : spec.commandLine().getOut();
    }

    /// Prints a value as JSON in a line of its own.
    public static void print(Object value, PrintWriter out) {
        out.println(Json.text(value));
        out.flush();
    }
}
