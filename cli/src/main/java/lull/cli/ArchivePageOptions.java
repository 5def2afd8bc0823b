package lull.cli;

import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Options of commands that print a page of a list of the archive.
final class ArchivePageOptions {

    /// How many entries a page of the archive has at most.
    private static final int MOST = 500;

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            defaultValue = "50",
            description = "The maximum number of entries, up to 500. Default: ${DEFAULT-VALUE}")
    private int limit;

    @Option(
            names = "--after",
            paramLabel = "CURSOR",
            defaultValue = "",
            description = "Continue after the page that ended with this cursor.")
    private String after = "";

    /// Adds them to the parameters of an address. Throws [ParameterException] if the limit is outside its range.
    Map<String, String> addTo(Map<String, String> parameters, CommandSpec spec) {
        if (limit < 1 || limit > MOST) {
            throw new ParameterException(spec.commandLine(), "--limit must be from 1 to " + MOST + ", not " + limit);
        }
        parameters.put("limit", Integer.toString(limit));
        parameters.put("after", after);
        return parameters;
    }
}
