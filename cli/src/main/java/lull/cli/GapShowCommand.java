package lull.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import lull.aggregator.inforce.GapReport;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lull gap show`: configured gaps, gaps in force, and partitions that differ; exit code 1 if some
/// differ.
@Command(
        name = "show",
        description = "Shows the gaps of input topics: configured, in force, and differences between partitions.",
        mixinStandardHelpOptions = true)
final class GapShowCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TOPIC", arity = "0..1", description = "The input topic. Default: all.")
    private @Nullable String topic;

    @Mixin
    private final AggregatorClient door = new AggregatorClient();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, UnreadableJson {
        PrintWriter out = spec.commandLine().getOut();
        String named = topic;
        String query = named == null ? "" : "?topic=" + URLEncoder.encode(named, StandardCharsets.UTF_8);
        boolean alike = true;
        for (GapReport report : List.of(Json.read(door.get("/gaps" + query), GapReport[].class))) {
            print(report, out);
            alike &= report.gaps().stream().noneMatch(GapReport.Gap::differs)
                    && report.unknownPartitions().isEmpty();
        }
        return alike ? 0 : 1;
    }

    private static void print(GapReport report, PrintWriter out) {
        out.println(report.topic());
        for (GapReport.Gap gap : report.gaps()) {
            String number = gap.businessNumber();
            out.println("  " + (number == null ? "all numbers" : "number " + number) + ": "
                    + Durations.text(gap.configured()) + " configured, " + inForce(gap) + " in force");
        }
        if (!report.unknownPartitions().isEmpty()) {
            out.println("  unknown for partitions " + ranges(report.unknownPartitions())
                    + ": no instance that serves them answered");
        }
    }

    /// Returns one gap if the partitions agree, otherwise each gap with its partitions.
    private static String inForce(GapReport.Gap gap) {
        if (gap.inForce().isEmpty()) {
            return "nothing known";
        }
        if (!gap.differs()) {
            return Durations.text(gap.inForce().firstEntry().getValue());
        }
        Map<Duration, List<Integer>> partitions = gap.inForce().entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, TreeMap::new, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        return partitions.entrySet().stream()
                .map(each -> Durations.text(each.getKey()) + " (partitions " + ranges(each.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    /// Returns sorted numbers as ranges: `0-3, 5`.
    static String ranges(List<Integer> numbers) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < numbers.size()) {
            int last = i;
            while (last + 1 < numbers.size() && numbers.get(last + 1) == numbers.get(last) + 1) {
                last++;
            }
            text.append(text.isEmpty() ? "" : ", ").append(numbers.get(i));
            if (last > i) {
                text.append('-').append(numbers.get(last));
            }
            i = last + 1;
        }
        return text.toString();
    }
}
