package lull.cli;

import java.util.Map;
import picocli.CommandLine.Option;

/// Options of commands that print a page of a list of the archive.
final class ArchivePageOptions {

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

    /// Adds them to the parameters of an address.
    Map<String, String> addTo(Map<String, String> parameters) {
        parameters.put("limit", Integer.toString(limit));
        parameters.put("after", after);
        return parameters;
    }
}
