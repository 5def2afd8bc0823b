package lull.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import lull.archive.schema.ArchiveDatabase;
import lull.local.broker.EmbeddedBroker;
import lull.standins.postgres.PostgresServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `lull bench archive`: how many records a second the archive writes, and how long it takes to answer.
@Command(
        name = "archive",
        description = {
            "Measures how many records a second the archive writes to PostgreSQL, and to its embedded database in the"
                    + " same run, and how long lists, searches and journeys take over many messages. It starts a PostgreSQL server"
                    + " of its own, whose programs must be installed.",
            "docs/performance.md explains the report."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class ArchiveBenchCommand implements Callable<Integer> {

    private static final Duration CONNECT = Duration.ofSeconds(30);

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Records that each database gets from Kafka; 0: none. Default: ${DEFAULT-VALUE}")
    private long records;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Messages over which questions are asked; 0: none. Default: ${DEFAULT-VALUE}")
    private long messages;

    @Option(
            names = "--questions",
            paramLabel = "N",
            defaultValue = "500",
            description = "How often each question is asked. Default: ${DEFAULT-VALUE}")
    private int questions;

    @Mixin
    private final Reporting reporting = new Reporting();

    @Override
    public Integer call() throws Exception {
        reporting.require(records >= 0 && records <= 10_000_000, "--records must be 0 to 10000000");
        reporting.require(messages >= 0 && messages <= 100_000_000, "--messages must be 0 to 100000000");
        reporting.require(questions >= 1 && questions <= 100_000, "--questions must be 1 to 100000");
        reporting.requirePostgres();
        List<String> report = new ArrayList<>(List.of("The archive", Machine.words()));
        PostgresServer server = PostgresServer.start(true);
        if (records > 0) {
            report.addAll(writing(server));
        }
        if (messages > 0) {
            report.addAll(answers(server));
        }
        return reporting.report(report, List.of());
    }

    private List<String> writing(PostgresServer server) throws Exception {
        try (Folder folder = Folder.make();
                EmbeddedBroker broker = EmbeddedBroker.start(0, folder.path().resolve("kafka"))) {
            ArchiveWriting writing = new ArchiveWriting(broker.bootstrapServers(), records);
            reporting.progress("Writing " + writing.records() + " records to Kafka ...");
            writing.fill();
            List<String> lines = new ArrayList<>(List.of("", "Records written a second, of " + writing.records()));
            reporting.progress("Archiving them in PostgreSQL ...");
            String bytes;
            try (ArchiveDatabase postgres = open(server.createDatabase())) {
                lines.add(String.format(
                        Locale.ROOT, "%-40s %10.0f", "PostgreSQL", writing.perSecond(postgres, "bench-postgres")));
                bytes = String.format(
                        Locale.ROOT,
                        "%-40s %10.0f",
                        "Bytes a record in PostgreSQL, all indexes",
                        writing.bytesARecord(postgres));
            }
            reporting.progress("Archiving them in H2 ...");
            try (ArchiveDatabase h2 = open("jdbc:h2:file:" + folder.path().resolve("h2"))) {
                lines.add(String.format(Locale.ROOT, "%-40s %10.0f", "H2", writing.perSecond(h2, "bench-h2")));
            }
            lines.addAll(List.of("", bytes));
            return lines;
        }
    }

    private List<String> answers(PostgresServer server) throws Exception {
        try (ArchiveDatabase database = open(server.createDatabase())) {
            ArchiveAnswers answers = new ArchiveAnswers(database, messages, questions);
            reporting.progress("Generating " + messages + " messages ...");
            answers.fill();
            reporting.progress("Asking ...");
            List<String> lines = new ArrayList<>(List.of(
                    "",
                    "Milliseconds until the answer, over " + messages + " messages in PostgreSQL, of " + questions
                            + " questions",
                    String.format(Locale.ROOT, "%-40s %10s %10s %10s", "", "median", "p99", "rows read")));
            for (Map.Entry<String, ArchiveAnswers.Times> times : answers.ask().entrySet()) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%-40s %10.1f %10.1f %10d",
                        times.getKey(),
                        times.getValue().median().toNanos() / 1e6,
                        times.getValue().p99().toNanos() / 1e6,
                        times.getValue().rows()));
            }
            return lines;
        }
    }

    private static ArchiveDatabase open(String url) {
        return ArchiveDatabase.open(new ArchiveDatabase.Options(url, Optional.empty(), Optional.empty(), 4, CONNECT));
    }
}
