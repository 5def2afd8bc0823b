package lull.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lull.standins.postgres.PostgresServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Common options of every benchmark's command: progress goes to standard error, the report to standard output
/// and to a file, and the exit code says whether the run was valid.
final class Reporting {

    @Option(names = "--out", paramLabel = "FILE", description = "Also write the report to this file.")
    private @Nullable Path out;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /// A line on what is being done.
    void progress(String line) {
        PrintWriter progress = spec.commandLine().getErr();
        progress.println(line);
        progress.flush();
    }

    /// Throws [ParameterException] with a problem unless an option has a value that makes sense.
    void require(boolean isGiven, String problem) {
        if (!isGiven) {
            throw new ParameterException(spec.commandLine(), problem);
        }
    }

    /// Throws [ParameterException] if this machine has no PostgreSQL server.
    void requirePostgres() {
        require(
                PostgresServer.isInstalled(),
                "There is no PostgreSQL server in " + PostgresServer.installed()
                        + ": install Debian's package postgresql");
    }

    /// The report; returns the exit code.
    ///
    /// @param flaws why the figures are worth nothing; empty where the run was valid
    int report(List<String> report, List<String> flaws) throws IOException {
        PrintWriter printed = spec.commandLine().getOut();
        report.forEach(printed::println);
        printed.flush();
        Path file = out;
        if (file != null) {
            Files.write(file, report);
        }
        return flaws.isEmpty() ? 0 : 1;
    }
}
