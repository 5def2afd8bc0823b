package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import lull.aggregator.gap.Score;
import lull.aggregator.inforce.GapReport;
import lull.aggregator.inforce.RuleText;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.GapRule;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lull gap show`: configured gaps and policies, those in force, how well the adaptive gap does, and
/// partitions that differ; exit code 1 if some differ.
@Command(
        name = "show",
        description = "Shows the gaps and policies of input topics: configured, in force, how well the adaptive gap"
                + " does, and differences between partitions.",
        mixinStandardHelpOptions = true)
final class GapShowCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TOPIC", arity = "0..1", description = "The input topic. Default: all.")
    private @Nullable String topic;

    @Mixin
    private final AggregatorClient aggregator = new AggregatorClient();

    @Option(names = "--json", description = "Prints each input topic as a JSON object in a line of its own.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, UnreadableJson {
        PrintWriter out = spec.commandLine().getOut();
        String named = topic;
        String query = named == null ? "" : "?topic=" + URLEncoder.encode(named, StandardCharsets.UTF_8);
        JsonNode answer = Json.tree(aggregator.get("/gaps" + query));
        boolean knowsPolicies = !addPolicies(answer);
        boolean alike = true;
        for (GapReport report : List.of(Json.convert(answer, GapReport[].class))) {
            if (json) {
                out.println(new String(Json.bytes(report), StandardCharsets.UTF_8));
            } else {
                print(report, knowsPolicies, out);
            }
            alike &= !report.differs()
                    && report.unknownPartitions().isEmpty()
                    && report.unknownRules().isEmpty();
        }
        return alike ? 0 : 1;
    }

    /// Adds what the answer of an aggregator without policies lacks, as if nothing were known of them. Returns
    /// whether it is such an answer.
    private static boolean addPolicies(JsonNode answer) {
        boolean isOlder = false;
        for (JsonNode each : answer) {
            if (each instanceof ObjectNode report && !report.has("models")) {
                isOlder = true;
                report.putObject("models");
                report.putArray("unknownRules");
                for (JsonNode gap : report.path("gaps")) {
                    if (gap instanceof ObjectNode ofNumber) {
                        ofNumber.putPOJO("configuredRule", GapRule.FIXED).putObject("rules");
                    }
                }
            }
        }
        return isOlder;
    }

    private static void print(GapReport report, boolean knowsPolicies, PrintWriter out) {
        out.println(report.topic());
        for (GapReport.Gap gap : report.gaps()) {
            printGap(gap, out);
            if (knowsPolicies) {
                printPolicy(gap, out);
            }
        }
        if (!knowsPolicies) {
            out.println("  this aggregator does not know policies: it has an older version of Lull");
        }
        if (!report.models().isEmpty()) {
            out.println("  model: " + inForce(report.models(), Function.identity()));
        }
        if (!report.unknownPartitions().isEmpty()) {
            out.println("  unknown for partitions " + ranges(report.unknownPartitions())
                    + ": no instance that serves them answered");
        }
        if (!report.unknownRules().isEmpty()) {
            out.println("  policy and model unknown for partitions " + ranges(report.unknownRules())
                    + ": their instance has an older version of Lull, or did not answer");
        }
    }

    private static void printGap(GapReport.Gap gap, PrintWriter out) {
        String number = gap.businessNumber();
        out.println("  " + (number == null ? "all numbers" : "number " + number) + ": "
                + Durations.text(gap.configured()) + " configured, " + inForce(gap.inForce(), Durations::text)
                + " in force");
    }

    private static void printPolicy(GapReport.Gap gap, PrintWriter out) {
        String configured = RuleText.of(gap.configuredRule());
        String rules = inForce(gap.rules(), RuleText::of);
        out.println("    policy: " + rules);
        if (!rules.equals(configured)) {
            out.println("      configured, not in force: " + configured);
        }
        printLambda(gap, out);
        printWithoutEffect(gap, out);
        Score score = gap.score();
        if (score != null) {
            GapRule.Policy policy = gap.rules().values().stream()
                    .map(GapRule::policy)
                    .filter(each -> each != GapRule.Policy.FIXED)
                    .findFirst()
                    .orElse(GapRule.Policy.FIXED);
            ScoreText.lines(score, policy).forEach(line -> out.println("    " + line));
        }
    }

    private static void printLambda(GapReport.Gap gap, PrintWriter out) {
        SortedMap<Integer, Double> lambdas = gap.lambdas();
        if (lambdas != null) {
            out.println(
                    "    lambda like the gap: " + inForce(lambdas, each -> String.format(Locale.ROOT, "%.1f s", each)));
        }
    }

    /// Tells in which partitions the gap is too short for a policy, and why.
    private static void printWithoutEffect(GapReport.Gap gap, PrintWriter out) {
        SortedMap<String, List<Integer>> byReason = new TreeMap<>();
        gap.rules().forEach((partition, rule) -> {
            Duration fixed = gap.inForce().getOrDefault(partition, gap.configured());
            if (rule.policy() != GapRule.Policy.FIXED && !rule.decidesBeside(fixed)) {
                String reason = fixed.isZero()
                        ? "a gap of 0ms makes each message a turn"
                        : "the gap of " + Durations.text(fixed) + " is not longer than the floor of "
                                + Durations.text(rule.floor());
                byReason.computeIfAbsent(reason, _ -> new ArrayList<>()).add(partition);
            }
        });
        byReason.forEach((reason, partitions) -> out.println("    the policy has no effect"
                + (partitions.size() == gap.rules().size() ? "" : " in partitions " + ranges(partitions)) + ": "
                + reason));
    }

    /// Returns one value if the partitions agree, otherwise each value with its partitions.
    private static <T> String inForce(SortedMap<Integer, T> byPartition, Function<T, String> text) {
        if (byPartition.isEmpty()) {
            return "nothing known";
        }
        Map<String, List<Integer>> partitions = byPartition.entrySet().stream()
                .collect(Collectors.groupingBy(
                        each -> text.apply(each.getValue()),
                        LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        if (partitions.size() == 1) {
            return partitions.keySet().iterator().next();
        }
        return partitions.entrySet().stream()
                .map(each -> each.getKey() + " (partitions " + ranges(each.getValue()) + ")")
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
