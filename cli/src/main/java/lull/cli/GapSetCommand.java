package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import lull.aggregator.inforce.ModelReport;
import lull.aggregator.turn.TurnSettings;
import lull.cli.json.JsonOutput;
import lull.contract.SettingChange;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.GapRule;
import lull.runtime.CannotStart;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lull gap set`: changes the gap of an input topic, and what decides how long to wait, for later
/// messages, on every instance, without a restart.
@Command(
        name = "set",
        description = {
            "Changes the gap of an input topic, and what decides how long to wait, from the next message on and on"
                    + " every instance.",
            "The change survives restarts. The topic lull.setting.changed records who changed it."
        },
        mixinStandardHelpOptions = true)
final class GapSetCommand implements Callable<Integer> {

    /// Between these the shipped model has values of fixed gaps.
    private static final Duration SHORTEST_LIKE = Duration.ofSeconds(5);

    private static final Duration LONGEST_LIKE = Duration.ofSeconds(30);

    @Parameters(index = "0", paramLabel = "TOPIC", description = "The input topic.")
    private String topic = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "GAP",
            description = "Silence that ends a turn, such as 8s; 0ms makes each message a turn.")
    private @Nullable String gap;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description = "What decides how long to wait: fixed (the gap), adaptive (what the message, its sender and"
                    + " the business indicate), or shadow (the gap, and what the adaptive gap would have done is"
                    + " recorded).")
    private @Nullable String policy;

    @Option(
            names = "--lambda",
            paramLabel = "SECONDS",
            description =
                    "How many seconds of delay one cut thought is worth to the adaptive gap: from 0.001 to 100000."
                            + " Default: so many that it cuts as many thoughts as the gap; lull gap show shows how many.")
    private @Nullable Double lambda;

    @Option(names = "--floor", paramLabel = "TIME", description = "The shortest wait of the adaptive gap. Default: 2s.")
    private @Nullable String floor;

    @Option(
            names = "--cap",
            paramLabel = "TIME",
            description =
                    "The longest wait of the adaptive gap. Default: twice the gap, or as long as a turn may last.")
    private @Nullable String cap;

    @Option(
            names = "--like",
            paramLabel = "GAP",
            description =
                    "The adaptive gap that cuts as many thoughts as a fixed gap of this length: from 5s to 30s; sets"
                            + " the gap, and the policy adaptive unless --policy shadow is given.")
    private @Nullable String like;

    @Option(
            names = "--number",
            paramLabel = "ID",
            description = "Only for this business number (WhatsApp's phone number id).")
    private @Nullable String number;

    @Option(names = "--default", description = "Use the configured gap and policy again.")
    private boolean byDefault;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Name to record as author of the change. Default: the user of this machine.",
            showDefaultValue = Help.Visibility.NEVER)
    private String by = "";

    @Mixin
    private final AggregatorClient aggregator = new AggregatorClient();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, UnreadableJson {
        Map<String, Object> asked = asked();
        if (like != null) {
            requireKnown(duration(String.valueOf(like)));
        }
        String path = "/gaps/" + encoded(topic);
        byte[] answer = byDefault ? reset(path) : aggregator.put(path, asked);
        PrintWriter out = spec.commandLine().getOut();
        if (json.isWanted()) {
            JsonOutput.print(Json.tree(answer), out);
        } else {
            changes(answer).forEach(change -> out.println(line(change)));
        }
        return 0;
    }

    /// Returns the body of the request; throws if the options contradict one another.
    private Map<String, Object> asked() {
        if (byDefault && Stream.of(gap, policy, lambda, floor, cap, like).anyMatch(option -> option != null)) {
            throw wrong("--default restores the configured gap and policy: give neither of them with it");
        }
        if (like != null) {
            requireSenseWithLike();
        } else if (policy == null && Stream.of(lambda, floor, cap).anyMatch(option -> option != null)) {
            throw wrong("--lambda, --floor and --cap need --policy adaptive, --policy shadow or --like");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "gap", like == null ? gap : like);
        put(body, "policy", like == null || policy != null ? policy : GapRule.Policy.ADAPTIVE.word());
        put(body, "lambda", lambda);
        put(body, "floor", floor);
        put(body, "cap", cap);
        if (body.isEmpty() && !byDefault) {
            throw wrong("Give a gap such as 8s, or --default, --policy or --like");
        }
        put(body, "number", number);
        put(body, "by", by);
        return body;
    }

    private void requireSenseWithLike() {
        Duration asked = duration(String.valueOf(like));
        if (asked != null && (asked.compareTo(SHORTEST_LIKE) < 0 || asked.compareTo(LONGEST_LIKE) > 0)) {
            throw wrong("--like must be from " + Durations.text(SHORTEST_LIKE) + " to " + Durations.text(LONGEST_LIKE)
                    + ", for which the model knows how many thoughts a fixed gap cuts: give a gap, --policy adaptive"
                    + " and --lambda for others");
        }
        if (gap != null) {
            throw wrong("--like sets the gap: leave the other gap away");
        }
        if (lambda != null) {
            throw wrong("--like and --lambda say the same in two ways: give one of them");
        }
        if (GapRule.Policy.FIXED.word().equals(policy)) {
            throw wrong("--like is for the adaptive gap: give a gap instead, or another policy");
        }
    }

    /// Checks that the model in force knows how many thoughts a fixed gap of this length cuts.
    private void requireKnown(@Nullable Duration asked) throws InterruptedException, UnreadableJson {
        ModelReport report = Json.read(aggregator.get("/gaps/" + encoded(topic) + "/model"), ModelReport.class);
        for (ModelReport.InForce each : report.models()) {
            Duration shortest = each.model().likes().getFirst().gap();
            Duration longest = each.model().likes().getLast().gap();
            if (asked != null && (asked.compareTo(shortest) < 0 || asked.compareTo(longest) > 0)) {
                throw new CannotStart("The model " + each.model().version() + ", which is in force, knows how many"
                        + " thoughts a fixed gap cuts from " + Durations.text(shortest) + " to "
                        + Durations.text(longest) + " only, not of " + Durations.text(asked)
                        + ": give a gap, --policy adaptive and --lambda for others");
            }
        }
    }

    /// Returns a span of time; null if it is none, which the aggregator tells better.
    private static @Nullable Duration duration(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    private static void put(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private static List<SettingChange> changes(byte[] answer) throws UnreadableJson {
        List<SettingChange> changes = new ArrayList<>();
        changes.add(Json.read(answer, SettingChange.class));
        for (JsonNode also : Json.tree(answer).path("also")) {
            changes.add(Json.convert(also, SettingChange.class));
        }
        return changes;
    }

    private static String line(SettingChange change) {
        String value = change.value();
        String ofNumber = change.businessNumber();
        String what = change.setting().equals(TurnSettings.GAP.name()) ? "gap" : "policy";
        return "The " + what + " of " + change.topic() + (ofNumber == null ? "" : " for number " + ofNumber) + " is "
                + (value == null ? "the configured one" : value) + " from the next message on, in "
                + change.partitions().size() + " partitions.";
    }

    private byte[] reset(String path) throws InterruptedException {
        String ofNumber = number;
        return aggregator.delete(
                path + "?by=" + encoded(by) + (ofNumber == null ? "" : "&number=" + encoded(ofNumber)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
