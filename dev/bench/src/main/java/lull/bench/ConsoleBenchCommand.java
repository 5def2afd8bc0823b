package lull.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import lull.archive.schema.ArchiveDatabase;
import lull.local.LocalLull;
import lull.local.LocalOptions;
import lull.runtime.Lifecycle;
import lull.standins.postgres.PostgresServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `lull bench console`: how long the pages of the console take, with an empty and with a full archive.
@Command(
        name = "console",
        description = {
            "Measures how long the pages of the console take, with an empty archive and with a full one in the same run. It"
                    + " starts the whole system and a PostgreSQL server of its own, whose programs must be installed.",
            "docs/performance.md explains the report."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class ConsoleBenchCommand implements Callable<Integer> {

    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final int CONNECTIONS = 4;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "Messages in the full archive, 20 of each conversation. Default: ${DEFAULT-VALUE}")
    private int messages;

    @Option(
            names = "--visits",
            paramLabel = "N",
            defaultValue = "200",
            description = "How often each page is opened. Default: ${DEFAULT-VALUE}")
    private int visits;

    @Mixin
    private final Reporting reporting = new Reporting();

    @Override
    public Integer call() throws Exception {
        reporting.require(messages >= 20 && messages <= 100_000_000, "--messages must be 20 to 100000000");
        reporting.require(visits >= 1 && visits <= 100_000, "--visits must be 1 to 100000");
        reporting.requirePostgres();
        PostgresServer server = PostgresServer.start(true);
        String url = server.createDatabase();
        try (Lifecycle components = new Lifecycle()) {
            Folder folder = components.add("folder", Folder.make());
            ArchiveDatabase database = components.add(
                    "database",
                    ArchiveDatabase.open(new ArchiveDatabase.Options(
                            url, Optional.empty(), Optional.empty(), CONNECTIONS, CONNECT)));
            ArchiveAnswers archive = new ArchiveAnswers(database, messages, visits);
            reporting.progress("Starting the system ...");
            LocalOptions options = LocalOptions.onFreePorts(folder.path());
            LocalLull.start(options, Map.of(), Map.of("archive.jdbc.url", url), components)
                    .awaitReady();
            ConsoleVisits console = components.add(
                    "browser", new ConsoleVisits(options.consolePort(), LocalLull.CONSOLE_TOKEN, visits));
            reporting.progress("Opening the pages with an empty archive ...");
            Map<String, ConsoleVisits.Times> empty = console.pages(archive);
            reporting.progress("Generating " + messages + " messages ...");
            archive.fill();
            reporting.progress("Opening the pages again ...");
            return reporting.report(report(empty, console.pages(archive)), List.of());
        }
    }

    private List<String> report(Map<String, ConsoleVisits.Times> empty, Map<String, ConsoleVisits.Times> full) {
        List<String> lines = new ArrayList<>(List.of(
                "The console",
                Machine.words(),
                "",
                "Milliseconds until a page has arrived, of " + visits + " visits, with an empty archive and with "
                        + messages + " messages in " + messages / ArchiveAnswers.MESSAGES_OF_A_CONVERSATION
                        + " conversations",
                String.format(
                        Locale.ROOT,
                        "%-30s %12s %12s %12s %12s %12s",
                        "",
                        "median, empty",
                        "p99, empty",
                        "median",
                        "p99",
                        "ratio")));
        full.forEach((page, times) -> {
            ConsoleVisits.Times before = empty.getOrDefault(page, times);
            lines.add(String.format(
                    Locale.ROOT,
                    "%-30s %12.1f %12.1f %12.1f %12.1f %12.2f",
                    page,
                    millis(before.median()),
                    millis(before.p99()),
                    millis(times.median()),
                    millis(times.p99()),
                    millis(times.median()) / millis(before.median())));
        });
        return lines;
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
