package lull.bench.gap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import lull.aggregator.gap.AdaptiveGap;
import lull.aggregator.gap.Feature;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.advice.Trace;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.FileProblem;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `lull bench gap`: how much sooner the adaptive gap ends turns than a fixed one that cuts as many.
@Command(
        name = "gap",
        description = {
            "Plays recorded conversations through the aggregator's adaptive gap, and compares it with the fixed gap"
                    + " that cuts as many turns. Without --traces it plays invented conversations.",
            "docs/gap.md explains the report, the format of conversations, and the model."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class GapBenchCommand implements Callable<Integer> {

    @Option(
            names = "--traces",
            paramLabel = "FOLDER",
            description = "Folder with recorded conversations: files *.jsonl, with one conversation in each line.")
    private @Nullable Path traces;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the invented conversations. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--like",
            paramLabel = "GAP",
            split = ",",
            defaultValue = "5s,8s,10s,15s,20s,30s",
            converter = Gap.class,
            description = "Fixed gaps to compare with, such as 10s; a number alone means seconds. The policy cuts about"
                    + " as many turns as each. Each must be within the gaps that the model knows. Default:"
                    + " ${DEFAULT-VALUE}; with --decide, only the first counts.")
    private List<Duration> likes = List.of();

    @Option(
            names = "--floor",
            paramLabel = "GAP",
            defaultValue = "2s",
            converter = Gap.class,
            description =
                    "The shortest wait; a number alone means seconds. The longest is twice the fixed gap. Default: ${DEFAULT-VALUE}")
    private Duration floor = Duration.ZERO;

    @Option(
            names = "--assistant",
            paramLabel = "TIME",
            converter = Gap.class,
            description = "Also report how much sooner an assistant answers that begins before a turn has ended, if its"
                    + " language model takes this time, such as 3s.")
    private @Nullable Duration assistant;

    @Option(names = "--model", paramLabel = "FILE", description = "Model to use. Default: the one that Lull ships.")
    private @Nullable Path model;

    @Option(
            names = "--decide",
            description = "Answer each message on standard input, one JSON object in each line, with a gap in"
                    + " milliseconds, before reading the next.")
    private boolean isDeciding;

    @Option(
            names = "--train",
            paramLabel = "FILE",
            description = "Learn a model from the conversations of --traces and write it to this file. Before, one"
                    + " is learned from 60 %% of them and checked with the others, which is reported.")
    private @Nullable Path train;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "own",
            description = "Version of the model that is learned; turns carry it. Default: ${DEFAULT-VALUE}")
    private String name = "";

    @Spec
    private CommandSpec spec;

    /// A duration as in settings, such as `1500ms` or `10s`; a number alone means seconds.
    static final class Gap implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            try {
                Duration gap = Durations.parse(text.chars().allMatch(Character::isDigit) ? text + "s" : text);
                if (gap.isPositive()) {
                    return gap;
                }
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is not a duration such as 10s");
            }
            throw new TypeConversionException("A gap must be above 0");
        }
    }

    @Override
    public Integer call() throws IOException {
        likes = likes.stream().distinct().toList();
        if (isDeciding) {
            likes = List.of(likes.getFirst());
            requireFloorBelowCaps();
            GapModel used = model();
            requireKnown(used);
            AdaptiveGap gap = new AdaptiveGap(used, AdaptiveGap.Options.like(likes.getFirst(), floor, used));
            new Decider(gap)
                    .run(
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                            spec.commandLine().getOut());
            return 0;
        }
        requireFloorBelowCaps();
        if (train != null) {
            train(train);
        } else {
            GapModel used = model();
            requireKnown(used);
            report(conversations(), used);
        }
        return 0;
    }

    private void requireFloorBelowCaps() {
        for (Duration like : likes) {
            Duration cap = like.multipliedBy(2);
            if (floor.compareTo(cap) > 0) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--floor " + Durations.text(floor) + " is longer than the longest wait with --like "
                                + Durations.text(like) + ", which is " + Durations.text(cap)
                                + ": give a shorter floor or a longer gap");
            }
        }
    }

    /// Beyond the gaps that a model knows it does not cut as many turns as the fixed one.
    private void requireKnown(GapModel used) {
        Duration least = used.likes().getFirst().gap();
        Duration most = used.likes().getLast().gap();
        for (Duration like : likes) {
            if (like.compareTo(least) < 0 || like.compareTo(most) > 0) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--like " + Durations.text(like) + " is not within the gaps that the model " + used.version()
                                + " knows, " + Durations.text(least) + " to " + Durations.text(most)
                                + ": give one of these, or a model that was trained with it");
            }
        }
    }

    private void train(Path file) throws IOException {
        if (traces == null) {
            throw new ParameterException(spec.commandLine(), "--train needs --traces: the folder to learn from");
        }
        List<Trace> all = Traces.read(traces);
        Folds folds = Folds.of(all);
        if (folds.learned().isEmpty() || folds.heldOut().isEmpty()) {
            throw new IOException("The folder " + traces + " has too few conversations to learn from (" + all.size()
                    + "): about 60 % are learned from, and the others check what was learned; give more of them");
        }
        out().println("Learned from " + folds.learned().size() + " conversations, checked with "
                + folds.heldOut().size() + " others:");
        report(folds.heldOut(), learned(folds.learned()));
        Files.write(file, Json.bytes(learned(all)));
        out().println("Learned from all conversations: " + file);
    }

    private GapModel learned(List<Trace> conversations) throws IOException {
        try {
            return Trainer.train(name, Feature.ALL, conversations, likes, floor);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "The conversations are too few, or too much alike, to learn a model from: give more of them ("
                            + e.getMessage() + ")",
                    e);
        }
    }

    private void report(List<Trace> conversations, GapModel used) {
        List<String> report = new ArrayList<>();
        for (Duration like : likes) {
            report.addAll(GapBench.report(conversations, used, like, floor));
            report.add("");
            if (assistant != null) {
                report.addAll(EarlyBench.report(conversations, used, like, floor, assistant));
                report.add("");
            }
        }
        report.forEach(out()::println);
        out().flush();
    }

    private List<Trace> conversations() throws IOException {
        return traces == null ? Synthetic.traces(seed) : Traces.read(traces);
    }

    private GapModel model() {
        if (model == null) {
            return GapModel.shipped();
        }
        try {
            return GapModel.read(Files.readAllBytes(model));
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--model: " + FileProblem.words(model, e), e);
        } catch (UnreadableJson e) {
            throw new ParameterException(
                    spec.commandLine(), "--model: The file " + model + " is no model: " + e.getMessage(), e);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
