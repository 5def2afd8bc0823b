package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import lull.aggregator.gap.GapModel;
import lull.cli.advice.GapAdviser;
import lull.cli.cost.ChatPrice;
import lull.console.sources.AdviceCalculator;
import lull.console.sources.AdviceCalculator.Advice;
import lull.console.sources.AdviceCalculator.Row;
import lull.console.sources.AdvicePeriod;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import lull.runtime.CannotStart;
import lull.runtime.FileProblem;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull gap advise`: what other gaps would do, from the conversations of the archive.
@Command(
        name = "advise",
        description = {
            "Calculates from the conversations of the archive what each gap from 1 s to 60 s, and the adaptive gap, would"
                    + " do: chat messages of Amazon Connect and their cost a month, thoughts that are cut, and how long"
                    + " customers wait.",
            "Numbers after +/- are standard errors. docs/gap.md describes what is assumed."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class GapAdviseCommand implements Callable<Integer> {

    /// The gaps that are printed without `--all`, in seconds, besides the one of today.
    private static final Set<Double> SHOWN =
            Set.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 60.0);

    private static final double PERCENT = 100;

    @Mixin
    private final TimelineOptions timelines = new TimelineOptions();

    @Option(names = "--gap", paramLabel = "GAP", description = "The fixed gap of today, such as 8s, to mark its line.")
    private @Nullable String gap;

    @Option(
            names = "--max-duration",
            paramLabel = "TIME",
            defaultValue = "30s",
            description =
                    "The value of turn.max.duration: how long a turn may last. A longer gap counts as if the setting"
                            + " were as long. Default: ${DEFAULT-VALUE}")
    private String maxDuration = "";

    @Option(
            names = "--price",
            paramLabel = "PRICE",
            description = "What a chat message of Amazon Connect costs you. Default: the list price.")
    private @Nullable Double price;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Model of the adaptive gap. Default: the shipped one.")
    private @Nullable Path model;

    @Option(names = "--all", description = "Print every gap from 1 s to 60 s.")
    private boolean isAll;

    @Mixin
    private final ArchiveClient archive = new ArchiveClient();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, UnreadableJson {
        GapAdviser adviser = new GapAdviser(
                new GapAdviser.Options(
                        timelines.period(),
                        timelines.maxMessages(),
                        duration("--max-duration", maxDuration),
                        price(),
                        model()),
                Clock.systemUTC());
        String today = gap;
        Advice advice = advise(
                adviser,
                new AdviceCalculator.Question(
                        timelines.number(), today == null ? null : duration("--gap", today), null));
        PrintWriter out = spec.commandLine().getOut();
        if (archive.isJson()) {
            out.println(Json.text(json(advice)));
        } else {
            print(advice, out);
        }
        out.flush();
        return 0;
    }

    private Advice advise(GapAdviser adviser, AdviceCalculator.Question question) throws InterruptedException {
        try {
            return adviser.advise(
                    question,
                    (path, parameters) -> {
                        try {
                            return archive.get(path, parameters);
                        } catch (UnreadableJson e) {
                            throw new AdviceCalculator.Unavailable(String.valueOf(e.getMessage()));
                        }
                    },
                    _ -> {});
        } catch (AdviceCalculator.Unavailable e) {
            throw new CannotStart(String.valueOf(e.getMessage()), e);
        }
    }

    /// Returns an advice for programs, with a warning if its time is short.
    static JsonNode json(Advice advice) throws UnreadableJson {
        JsonNode json = Json.tree(Json.bytes(advice));
        String warning = AdvicePeriod.warning(advice.period());
        if (json instanceof ObjectNode object && !warning.isEmpty()) {
            object.put("warning", warning);
        }
        return json;
    }

    private void print(Advice advice, PrintWriter out) {
        out.println(String.format(
                Locale.ROOT,
                "%,d messages of customers in %,d conversations of the last %s%s: %,d thoughts.",
                advice.messages(),
                advice.conversations(),
                AdvicePeriod.words(advice.period()),
                advice.share() < 1 ? String.format(Locale.ROOT, " (%.2f %% of all)", PERCENT * advice.share()) : "",
                advice.turns()));
        if (advice.rows().isEmpty()) {
            out.println("Too few for any advice: at least " + advice.fewestTurns()
                    + " thoughts are needed. Give more --days, or wait.");
            return;
        }
        out.println(String.format(
                Locale.ROOT,
                "A month has %,.0f of them. A chat message costs %s %s (%s).",
                advice.messagesAMonth(),
                advice.currency(),
                Double.toString(advice.price()),
                advice.priceSource()));
        String warning = AdvicePeriod.warning(advice.period());
        if (!warning.isEmpty()) {
            out.println(warning + ".");
        }
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "%-16s %22s %20s %18s %16s",
                "",
                "chat messages a month",
                advice.currency() + " a month",
                "cut thoughts",
                "wait"));
        for (Row row : advice.rows()) {
            if (isAll || row.isAdaptive() || row.isToday() || SHOWN.contains(row.seconds())) {
                out.println(line(row));
            }
        }
        out.println();
        out.println(
                "Chat messages are those of customers. What the business answers costs the same with each gap if people"
                        + " answer.");
        String number = timelines.number();
        out.println("Set one: bin/lull gap set " + Topics.MESSAGE_RECEIVED.name() + " 8s"
                + (number.isEmpty() ? "" : " --number " + number) + ", or --like 8s for the adaptive gap.");
    }

    private static String line(Row row) {
        return String.format(
                        Locale.ROOT,
                        "%-16s %,13.0f +/- %,4.0f %,11.2f +/- %,4.2f %8.1f +/- %3.1f %% %7.1f +/- %3.1f s%s",
                        row.isAdaptive() ? "adaptive " + row.gap() : row.gap(),
                        row.connect(),
                        row.connectError(),
                        row.cost(),
                        row.costError(),
                        PERCENT * row.cut(),
                        PERCENT * row.cutError(),
                        row.delay(),
                        row.delayError(),
                        row.isToday() ? "  today" : "")
                .stripTrailing();
    }

    private Duration duration(String option, String text) {
        try {
            Duration duration = Durations.parse(text);
            if (duration.isPositive()) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), option + " '" + text + "' is not a duration such as 8s", e);
        }
        throw new ParameterException(spec.commandLine(), option + " must be above 0");
    }

    private ChatPrice price() {
        Double other = price;
        try {
            return other == null ? ChatPrice.listed() : ChatPrice.listed().given(other);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--price: " + e.getMessage(), e);
        }
    }

    private GapModel model() {
        Path file = model;
        if (file == null) {
            return GapModel.shipped();
        }
        try {
            return GapModel.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--model: " + FileProblem.words(file, e), e);
        } catch (UnreadableJson e) {
            throw new ParameterException(
                    spec.commandLine(), "--model: The file " + file + " is no model: " + e.getMessage(), e);
        }
    }
}
