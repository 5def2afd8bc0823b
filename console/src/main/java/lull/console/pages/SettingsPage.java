package lull.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.console.sources.Answer;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;

/// Content of the page with the gaps, policies, routes and flags that are in force, and their history. Pure.
public final class SettingsPage {

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

    /// Change of a setting, with the value that undoing it would set.
    ///
    /// @param undo empty: it cannot be undone
    public record ChangeRow(
            String topic,
            String setting,
            String number,
            String value,
            String by,
            String at,
            boolean isPartial,
            String undo) {}

    /// Returns the values of the template.
    public static Map<String, Object> model(Answer gaps, Answer routes, Answer changes) {
        Map<String, Object> model = new HashMap<>();
        List<TopicRows> topics = topics(gaps);
        model.put("topics", topics);
        model.put("gapsProblem", problem(gaps));
        model.put("routes", routes instanceof Answer.Known(JsonNode body) ? routes(body) : List.of());
        model.put("routesProblem", problem(routes));
        model.put("changesProblem", problem(changes));
        model.put("changes", changes(changes, topics));
        return model;
    }

    static String problem(Answer answer) {
        return switch (answer) {
            case Answer.Known _ -> "";
            case Answer.Refused(int _, String reason) -> reason;
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

    private static List<Map<String, @Nullable Object>> routes(JsonNode body) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (JsonNode report : body) {
            for (JsonNode inForce : report.path("inForce")) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                row.put("topic", report.path("topic").asText());
                row.put("revision", inForce.path("revision").asLong());
                row.put("isConfigured", inForce.path("configured").asBoolean());
                row.put("partitions", inForce.path("partitions").size());
                row.put("routes", lines(inForce.path("routes")));
                row.put("flags", lines(inForce.path("flags")));
                rows.add(row);
            }
        }
        return rows;
    }

    /// Returns rules as lines of their members.
    private static List<String> lines(JsonNode rules) {
        List<String> lines = new ArrayList<>();
        for (JsonNode rule : rules) {
            List<String> parts = new ArrayList<>();
            rule.properties()
                    .forEach(member -> parts.add(member.getKey() + " "
                            + (member.getValue().isValueNode()
                                    ? member.getValue().asText()
                                    : member.getValue())));
            lines.add(String.join(", ", parts));
        }
        return lines;
    }

    /// Only the latest change of each gap can be undone: it sets the value of the change before it, or the configured
    /// one.
    private static List<ChangeRow> changes(Answer answer, List<TopicRows> topics) {
        List<Map<String, @Nullable Object>> items = ArchivePages.changes(answer).items();
        Set<String> seen = new HashSet<>();
        List<ChangeRow> rows = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Map<String, @Nullable Object> item = items.get(i);
            String key = key(item);
            boolean isLatestGap = seen.add(key) && "turn.gap".equals(item.get("setting")) && item.get("value") != null;
            rows.add(new ChangeRow(
                    text(item, "topic"),
                    text(item, "setting"),
                    text(item, "businessNumber"),
                    text(item, "value"),
                    text(item, "by"),
                    text(item, "at"),
                    !"0".equals(text(item, "failedPartitions")),
                    isLatestGap ? before(items.subList(i + 1, items.size()), key, item, topics) : ""));
        }
        return rows;
    }

    private static String before(
            List<Map<String, @Nullable Object>> earlier,
            String key,
            Map<String, @Nullable Object> change,
            List<TopicRows> topics) {
        for (Map<String, @Nullable Object> item : earlier) {
            if (key(item).equals(key) && !text(item, "value").isEmpty()) {
                return text(item, "value");
            }
            if (key(item).equals(key)) {
                break;
            }
        }
        return topics.stream()
                .flatMap(topic -> topic.gaps().stream())
                .filter(gap -> gap.topic().equals(text(change, "topic"))
                        && gap.number().equals(text(change, "businessNumber")))
                .map(GapRow::configured)
                .findFirst()
                .orElse("");
    }

    private static String key(Map<String, @Nullable Object> item) {
        return text(item, "topic") + "|" + text(item, "setting") + "|" + text(item, "businessNumber");
    }

    private static String text(Map<String, @Nullable Object> item, String name) {
        Object value = item.get(name);
        return value == null ? "" : value.toString();
    }

    /// Returns the fields of a form that sets the gap and the rule which are in force now; empty if they are unknown,
    /// or
    /// differ between partitions.
    ///
    /// @param number empty: all numbers without a gap of their own
    public static Map<String, String> inForce(Answer gaps, String topic, String number) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (gaps instanceof Answer.Known(JsonNode body)) {
            for (JsonNode report : body) {
                for (JsonNode gap : report.path("gaps")) {
                    if (report.path("topic").asText().equals(topic)
                            && gap.path("businessNumber").asText("").equals(number)) {
                        put(fields, gap);
                    }
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
