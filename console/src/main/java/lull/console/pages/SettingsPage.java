package lull.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import lull.console.sources.Answer;
import lull.contract.message.Flag;
import lull.contract.message.Route;
import lull.contract.message.ShareText;
import lull.runtime.settings.Durations;

/// Content of the page with the gaps, policies, routes and flags that are in force, and their history. Pure.
public final class SettingsPage {

    private static final String SHARE = "share";

    private SettingsPage() {}

    /// Gap of an input topic, or of one of its business numbers.
    ///
    /// @param number empty: all numbers without a gap of their own
    /// @param inForce the values in the partitions, each once
    /// @param rules what decides how long to wait, each once
    public record GapRow(
            String topic,
            String number,
            String configured,
            List<String> inForce,
            String configuredRule,
            List<String> rules) {

        /// Whether something else is in force than the configuration says.
        public boolean isChanged() {
            return !inForce.equals(List.of(configured)) || !rules.equals(List.of(configuredRule));
        }

        /// The value for a form.
        public String gap() {
            return inForce.isEmpty() ? configured : inForce.getFirst();
        }

        /// The policy for a form.
        public String policy() {
            String rule = rules.isEmpty() ? configuredRule : rules.getFirst();
            return rule.split(",", 2)[0];
        }
    }

    /// Everything of one input topic.
    ///
    /// @param missing how many partitions are unknown
    public record TopicRows(String topic, List<GapRow> gaps, int missing) {}

    /// Routes and flags of an input topic: those of the latest change.
    ///
    /// @param revision on which a change builds
    /// @param isKnown whether any partition has reported its rules
    /// @param isConfigured whether the routes are those of the configuration
    /// @param destinations to which a route may lead
    /// @param differing a line for each list that is in force, if partitions differ; else empty
    /// @param missing how many partitions are unknown
    public record TopicRules(
            String topic,
            long revision,
            boolean isKnown,
            boolean isConfigured,
            List<RouteRow> routes,
            List<FlagRow> flags,
            List<String> destinations,
            List<String> differing,
            int missing) {}

    /// Route in force.
    ///
    /// @param app empty: turns of all apps
    /// @param number empty: turns of all business numbers
    /// @param share in percent
    public record RouteRow(String name, String app, String number, String share, String destination) {}

    /// Flag with its rules.
    ///
    /// @param settings those that decide without a rule
    public record FlagRow(String flag, String description, String settings, List<FlagRuleRow> rules) {

        /// Whether a rule can switch it on.
        public boolean canBeOn() {
            return !flag.equals(Flag.TRANSCRIPTS.word());
        }
    }

    /// Rule of a flag.
    ///
    /// @param number empty: all business numbers without a rule of their own
    /// @param share in percent
    public record FlagRuleRow(boolean isOn, String number, String share) {}

    /// Change of a setting.
    ///
    /// @param undo the fields of a form that undoes it, with what was changed by the same click; empty: it has none
    /// @param undoLabel to what that form goes back
    public record ChangeRow(
            String topic,
            String setting,
            String number,
            String value,
            String by,
            String at,
            boolean isPartial,
            Map<String, String> undo,
            String undoLabel) {}

    /// Returns the values of the template.
    public static Map<String, Object> model(Answer gaps, Answer routes, Answer changes) {
        Map<String, Object> model = new HashMap<>();
        List<TopicRows> topics = topics(gaps);
        model.put("topics", topics);
        model.put("gapsProblem", problem(gaps));
        model.put("rules", rules(routes));
        model.put("routesProblem", problem(routes));
        model.put("changesProblem", problem(changes));
        ArchivePages.Listed listed = ArchivePages.changes(changes);
        model.put(
                "changes", new GapHistory(listed.items(), topics, listed.next().isEmpty()).rows());
        return model;
    }

    static String problem(Answer answer) {
        return switch (answer) {
            case Answer.Known _ -> "";
            case Answer.Refused(int _, String reason, var _) -> reason;
            case Answer.Unknown(String reason) -> reason;
        };
    }

    private static List<TopicRows> topics(Answer answer) {
        List<TopicRows> topics = new ArrayList<>();
        if (answer instanceof Answer.Known(JsonNode body)) {
            for (JsonNode report : body) {
                String topic = report.path("topic").asText();
                List<GapRow> rows = new ArrayList<>();
                report.path("gaps").forEach(gap -> rows.add(row(topic, gap)));
                topics.add(new TopicRows(
                        topic, rows, report.path("unknownPartitions").size()));
            }
        }
        return topics;
    }

    private static GapRow row(String topic, JsonNode gap) {
        Set<String> inForce = new LinkedHashSet<>();
        gap.path("inForce").forEach(each -> inForce.add(span(each)));
        Set<String> rules = new LinkedHashSet<>();
        gap.path("rules").forEach(each -> rules.add(rule(each)));
        return new GapRow(
                topic,
                gap.path("businessNumber").asText(""),
                span(gap.path("configured")),
                List.copyOf(inForce),
                rule(gap.path("configuredRule")),
                List.copyOf(rules));
    }

    private static String rule(JsonNode rule) {
        String policy = rule.path("policy").asText("fixed");
        if (policy.equals("fixed")) {
            return policy;
        }
        String lambda = rule.path("lambda").asText("");
        String cap = rule.path("cap").asText("");
        return policy + ", floor " + span(rule.path("floor")) + (cap.isEmpty() ? "" : ", cap " + span(rule.path("cap")))
                + (lambda.isEmpty() ? "" : ", lambda " + lambda);
    }

    private static String span(JsonNode span) {
        String text = span.asText("");
        return text.isEmpty() ? "" : Durations.text(Durations.parse(text));
    }

    private static List<TopicRules> rules(Answer answer) {
        List<TopicRules> topics = new ArrayList<>();
        if (answer instanceof Answer.Known(JsonNode body)) {
            body.forEach(report -> topics.add(rules(report)));
        }
        return topics;
    }

    private static TopicRules rules(JsonNode report) {
        Optional<JsonNode> latest = RuleForms.latest(report);
        JsonNode inForce = latest.orElseGet(MissingNode::getInstance);
        List<RouteRow> routes = new ArrayList<>();
        for (JsonNode route : inForce.path("routes")) {
            routes.add(new RouteRow(
                    route.path("name").asText(),
                    route.path("app").asText(""),
                    route.path("businessNumber").asText(""),
                    ShareText.of(route.path(SHARE).asDouble(Route.ALL)),
                    route.path("destination").asText()));
        }
        List<FlagRow> flags = new ArrayList<>();
        for (Flag flag : Flag.values()) {
            flags.add(new FlagRow(flag.word(), flag.description(), flag.settings(), rules(flag, inForce)));
        }
        List<String> destinations = new ArrayList<>();
        report.path("destinations").forEach(each -> destinations.add(each.asText()));
        return new TopicRules(
                report.path("topic").asText(),
                report.path("revision").asLong(),
                latest.isPresent(),
                inForce.path("configured").asBoolean(),
                routes,
                flags,
                destinations,
                differing(report),
                report.path("unknownPartitions").size());
    }

    private static List<FlagRuleRow> rules(Flag flag, JsonNode inForce) {
        List<FlagRuleRow> rules = new ArrayList<>();
        for (JsonNode rule : inForce.path("flags")) {
            if (rule.path("flag").asText().equals(flag.word())) {
                rules.add(new FlagRuleRow(
                        rule.path("on").asBoolean(),
                        rule.path("businessNumber").asText(""),
                        ShareText.of(rule.path(SHARE).asDouble(Route.ALL))));
            }
        }
        return rules;
    }

    /// Returns what differs between partitions, a line for each list; empty if all have the same.
    private static List<String> differing(JsonNode report) {
        if (report.path("inForce").size() < 2) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (JsonNode each : report.path("inForce")) {
            List<String> partitions = new ArrayList<>();
            each.path("partitions").forEach(partition -> partitions.add(partition.asText()));
            List<String> rules = new ArrayList<>(RuleForms.lines(each.path("routes")));
            rules.addAll(RuleForms.lines(each.path("flags")));
            lines.add("partitions " + String.join(", ", partitions) + ", revision "
                    + each.path("revision").asLong() + ": "
                    + (rules.isEmpty() ? "no rules" : String.join("; ", rules)));
        }
        return lines;
    }

    /// Returns the fields of a form that restores the gap and the rule which are in force now: those that set them, or,
    /// if the configuration decides, the one that goes back to it. Empty if they are unknown, or differ between
    /// partitions.
    ///
    /// @param number empty: all numbers without a gap of their own
    public static Map<String, String> inForce(Answer gaps, String topic, String number) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (gaps instanceof Answer.Known(JsonNode body)) {
            for (JsonNode report : body) {
                if (report.path("topic").asText().equals(topic)) {
                    Optional<JsonNode> gap = StreamSupport.stream(
                                    report.path("gaps").spliterator(), false)
                            .filter(each ->
                                    each.path("businessNumber").asText("").equals(number))
                            .findFirst();
                    // A number that is not there has no gap of its own yet.
                    gap.ifPresentOrElse(each -> put(fields, each), () -> fields.put(GapHistory.RESET, "true"));
                }
            }
        }
        return fields;
    }

    private static void put(Map<String, String> fields, JsonNode gap) {
        GapRow row = row("", gap);
        if (row.inForce().size() != 1 || row.rules().size() != 1) {
            return;
        }
        if (!row.isChanged()) {
            fields.put(GapHistory.RESET, "true");
            return;
        }
        JsonNode rule = gap.path("rules").elements().next();
        fields.put("gap", row.gap());
        fields.put("policy", row.policy());
        if (!row.policy().equals("fixed")) {
            fields.put("floor", span(rule.path("floor")));
            fields.put("cap", span(rule.path("cap")));
            fields.put("lambda", rule.path("lambda").asText(""));
        }
        fields.values().removeIf(String::isEmpty);
    }
}
