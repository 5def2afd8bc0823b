package lull.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import lull.aggregator.gap.advice.Trace;
import lull.cli.advice.Timelines;
import lull.cli.advice.TraceFile;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.CannotStart;
import lull.runtime.FileProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lull gap traces`: writes the conversations of the archive for the benchmark of gaps.
@Command(
        name = "traces",
        description = {
            "Writes when the messages of the archive were written, and what they look like, into a file conversations.jsonl:"
                    + " without texts, names, numbers of customers and ids.",
            "lull bench gap --traces FOLDER compares gaps on them, and --train learns a model from them. docs/gap.md"
                    + " describes the format."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class GapTracesCommand implements Callable<Integer> {

    private static final String FILE = "conversations.jsonl";

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            required = true,
            description = "Folder for the file; it is created if it does not exist.")
    private Path folder = Path.of("");

    @Mixin
    private final TimelineOptions timelines = new TimelineOptions();

    @Mixin
    private final ArchiveClient archive = new ArchiveClient();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, UnreadableJson {
        Timelines read = timelines.read(archive);
        if (read.traces().isEmpty()) {
            throw new CannotStart("The archive has no messages of customers in this time: give more --days, or another"
                    + " --number");
        }
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            TraceFile.write(file, read.traces());
        } catch (IOException e) {
            throw new CannotStart(FileProblem.ofFolder(folder, e), e);
        }
        long messages = read.traces().stream()
                .map(Trace::lines)
                .mapToLong(lines -> lines.size())
                .sum();
        PrintWriter out = spec.commandLine().getOut();
        if (archive.isJson()) {
            out.println(Json.text(json(file, read.traces().size(), messages, read.share())));
        } else {
            out.println(String.format(
                    Locale.ROOT,
                    "%s: %,d conversations, %,d messages%s",
                    file,
                    read.traces().size(),
                    messages,
                    read.share() < 1 ? String.format(Locale.ROOT, ", %.2f %% of all", 100 * read.share()) : ""));
        }
        out.flush();
        return 0;
    }

    /// Returns what was written for programs.
    static Map<String, Object> json(Path file, int conversations, long messages, double share) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file.toString());
        json.put("conversations", conversations);
        json.put("messages", messages);
        json.put("share", share);
        return json;
    }
}
