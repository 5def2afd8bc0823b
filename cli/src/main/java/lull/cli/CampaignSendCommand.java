package lull.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import lull.cli.campaign.CampaignFile;
import lull.cli.campaign.CampaignFile.Campaign;
import lull.cli.campaign.CampaignFile.Row;
import lull.cli.campaign.CampaignProgress;
import lull.cli.campaign.CampaignReport;
import lull.cli.campaign.CampaignReport.Outcome;
import lull.cli.json.JsonOutput;
import lull.runtime.CannotStart;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lull campaign send`: asks a running ingress for a template to each customer of a file, and reports
/// what became of them.
@Command(
        name = "send",
        description = {
            "Asks a running ingress for a template to each customer of a CSV file, and reports what became of them.",
            "All rows are checked before anything is sent. The same command continues a run that was killed: each customer"
                    + " gets one template of a campaign. docs/conversations.md lists the columns of the file."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class CampaignSendCommand implements Callable<Integer> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MOST_SHOWN = 20;
    private static final int MOST_BYTES = 256 * 1024 * 1024;
    private static final int FASTEST = 1_000;

    @Parameters(paramLabel = "FILE", description = "CSV file in UTF-8. Its first row has the titles of the columns.")
    private Path file = Path.of("");

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "Name of the campaign: letters, digits, ., _ and -. The same name never sends a customer a"
                    + " second template.")
    private String name = "";

    @Option(names = "--number", required = true, paramLabel = "ID", description = "phone_number_id that sends.")
    private String number = "";

    @Option(names = "--template", required = true, paramLabel = "NAME", description = "Name of the template.")
    private String template = "";

    @Option(
            names = "--language",
            required = true,
            paramLabel = "CODE",
            description = "Language of the template, such as en_US.")
    private String language = "";

    @Option(names = "--by", paramLabel = "TEXT", description = "Who sends it, for agents; a column by overrides it.")
    private @Nullable String by;

    @Option(names = "--note", paramLabel = "TEXT", description = "Note for agents; a column note overrides it.")
    private @Nullable String note;

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description = "Contact attribute of the chats of answers, as often as needed; a column attribute.NAME"
                    + " overrides it.")
    private Map<String, String> attributes = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "Check everything, show the first request, and send nothing.")
    private boolean isDryRun;

    @Option(
            names = "--pace",
            paramLabel = "N",
            defaultValue = "10",
            description = "Customers a second, 1 to 1000. Default: ${DEFAULT-VALUE}")
    private int pace;

    @Option(
            names = "--separator",
            paramLabel = "CHARACTER",
            defaultValue = ",",
            description = "Character between cells. Default: ${DEFAULT-VALUE}")
    private char separator;

    @Option(
            names = "--progress",
            paramLabel = "FILE",
            description = "File with the progress, for the next run. Default: FILE.NAME.progress")
    private @Nullable Path progressFile;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "CSV file of the report. Default: FILE.NAME.report.csv")
    private @Nullable Path reportFile;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "How long the ingress may be unavailable. Default: ${DEFAULT-VALUE}")
    private String patience = "";

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "2m",
            description = "How long to wait at the end for what becomes of the templates. Default: ${DEFAULT-VALUE}")
    private String wait = "";

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Mixin
    private final RepliesAccess ingress = new RepliesAccess();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        check();
        checkReport(beside(reportFile, ".report.csv"));
        Campaign campaign = new Campaign(name, number, template, language, by, note, attributes);
        CampaignFile.Read read = CampaignFile.read(campaign, text(), separator);
        if (!read.problems().isEmpty()) {
            throw new WrongRequest(
                    (read.problems().size() == 1 ? "1 problem" : read.problems().size() + " problems") + " of " + file
                            + ", nothing was sent:"
                            + System.lineSeparator() + "  - "
                            + String.join(System.lineSeparator() + "  - ", read.problems()));
        }
        List<Row> rows = read.rows();
        PrintWriter out = spec.commandLine().getOut();
        if (isDryRun) {
            show(rows, out);
            return 0;
        }
        CampaignRun.Options options =
                new CampaignRun.Options(Duration.ofSeconds(1).dividedBy(pace), time(patience), time(wait));
        // The standard output of --json has the report only.
        PrintWriter told = json.isWanted() ? spec.commandLine().getErr() : out;
        try (CampaignProgress progress = CampaignProgress.open(beside(progressFile, ".progress"), described());
                ConversationsClient client = new ConversationsClient(ingress)) {
            CampaignRun run =
                    new CampaignRun(client, progress, campaign.key(), options, InstantSource.system(), what -> {
                        told.println(what);
                        told.flush();
                    });
            run.ask(rows);
            run.await(rows);
            return report(CampaignReport.of(rows, progress), out);
        }
    }

    private void show(List<Row> rows, PrintWriter out) {
        Row first = rows.getFirst();
        if (json.isWanted()) {
            JsonOutput.print(Map.of("customers", rows.size(), "row", first.row(), "request", first.request()), out);
        } else {
            out.println((rows.size() == 1 ? "1 customer" : rows.size() + " customers")
                    + ", nothing was sent. The first request, of row " + first.row() + ":");
            out.println(first.request());
        }
        out.flush();
    }

    private void check() {
        if (!NAME.matcher(name).matches()) {
            throw wrong("--name must have 1 to 64 letters, digits, ., _ and -");
        }
        if (pace < 1 || pace > FASTEST) {
            throw wrong("--pace must be 1 to " + FASTEST);
        }
    }

    /// A report that cannot be written would be noticed when everything is sent.
    private void checkReport(Path report) {
        Path folder = report.toAbsolutePath().getParent();
        if (isSame(report, file) || isSame(report, beside(progressFile, ".progress"))) {
            throw wrong("--report must be another file than that of the customers and that of the progress");
        }
        if (Files.isDirectory(report)
                || folder == null
                || !Files.isDirectory(folder)
                || !Files.isWritable(Files.exists(report) ? report : folder)) {
            throw wrong("The report cannot be written to " + report + ": choose another file with --report");
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return one.toAbsolutePath()
                            .normalize()
                            .equals(other.toAbsolutePath().normalize())
                    || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
        } catch (IOException e) {
            return false;
        }
    }

    private Duration time(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong("A time must be written as 90s, 10m or 2h: " + text);
        }
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    /// What must be the same in each run.
    private String described() {
        return name + " of " + number + " with " + template + " " + language;
    }

    private String text() {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new CannotStart("The file " + file + " has more than " + MOST_BYTES + " bytes: divide it");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new CannotStart("There is no file " + file, e);
        } catch (CharacterCodingException e) {
            throw new CannotStart("The file " + file + " is not in UTF-8: save it so", e);
        } catch (IOException e) {
            throw new CannotStart(
                    "The file " + file + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    private Path beside(@Nullable Path given, String end) {
        return given == null ? file.resolveSibling(file.getFileName() + "." + name + end) : given;
    }

    private int report(CampaignReport report, PrintWriter out) {
        Path to = beside(reportFile, ".report.csv");
        report.write(to);
        if (json.isWanted()) {
            Map<String, Long> counts = new LinkedHashMap<>();
            report.counts().forEach((outcome, count) -> counts.put(outcome.word(), count));
            JsonOutput.print(
                    Map.of(
                            "customers",
                            counts,
                            "inDoubt",
                            report.of(Outcome.IN_DOUBT).stream()
                                    .map(line -> line.row().customer())
                                    .toList(),
                            "report",
                            to.toString()),
                    out);
        } else {
            print(report, to, out);
        }
        out.flush();
        return report.counts().keySet().stream().allMatch(Outcome::isGood) ? 0 : 1;
    }

    private static void print(CampaignReport report, Path to, PrintWriter out) {
        report.counts()
                .forEach(
                        (outcome, count) -> out.println(String.format(Locale.ROOT, "%8d  %s", count, outcome.words())));
        List<CampaignReport.Line> doubted = report.of(Outcome.IN_DOUBT);
        doubted.stream()
                .limit(MOST_SHOWN)
                .forEach(line -> out.println("In doubt: " + line.row().customer() + ", row "
                        + line.row().row()));
        if (doubted.size() > MOST_SHOWN) {
            out.println("In doubt: " + (doubted.size() - MOST_SHOWN) + " more, which the report has");
        }
        out.println("The report is in " + to);
    }
}
