package lull.local;

import java.io.PrintWriter;
import java.io.StringWriter;
import lull.cli.Lull;
import picocli.CommandLine;

/// A command of `bin/lull` that has run in this JVM.
record Ran(int exitCode, String out, String err) {

    /// Runs a command to its end.
    static Ran lull(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine lull = Lull.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exitCode = lull.execute(arguments);
        return new Ran(exitCode, out.toString(), err.toString());
    }
}
