package lull.console.pages;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lull.console.pages.SettingsPage.ChangeRow;
import lull.console.pages.SettingsPage.GapRow;
import lull.console.pages.SettingsPage.TopicRows;
import org.jspecify.annotations.Nullable;

/// History of changes at run time, in which the latest change of each gap and policy can be undone. A click may change
/// a gap and its policy, which are two rows of the same author and time and are undone together. Pure.
final class GapHistory {

    /// Field of a form that restores the configured gap and policy.
    static final String RESET = "reset";

    private static final String GAP = "turn.gap";
    private static final String POLICY = "turn.gap.policy";
    private static final Pattern SPAN = Pattern.compile("[0-9][0-9a-z]*");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}([.][0-9]{1,20})?");

    private final List<Change> changes;
    private final List<TopicRows> topics;
    private final boolean isWhole;

    /// Change as the archive has it. What is absent is empty.
    private record Change(
            String topic, String setting, String number, String value, String by, String at, String failed) {

        static Change of(Map<String, @Nullable Object> item) {
            return new Change(
                    text(item, "topic"),
                    text(item, "setting"),
                    text(item, "businessNumber"),
                    text(item, "value"),
                    text(item, "by"),
                    text(item, "at"),
                    text(item, "failedPartitions"));
        }

        boolean isOfGap() {
            return setting.equals(GAP) || setting.equals(POLICY);
        }

        boolean isForSame(Change other) {
            return topic.equals(other.topic) && number.equals(other.number);
        }

        boolean isOfSameClick(Change other) {
            return at.equals(other.at) && by.equals(other.by);
        }

        private static String text(Map<String, @Nullable Object> item, String name) {
            Object value = item.get(name);
            return value == null ? "" : value.toString();
        }
    }

    /// @param items the changes, newest first
    /// @param isWhole whether there are no earlier ones
    GapHistory(List<Map<String, @Nullable Object>> items, List<TopicRows> topics, boolean isWhole) {
        this.changes = new ArrayList<>();
        for (Map<String, @Nullable Object> item : items) {
            changes.add(Change.of(item));
        }
        this.topics = topics;
        this.isWhole = isWhole;
    }

    List<ChangeRow> rows() {
        Set<String> undone = new HashSet<>();
        List<ChangeRow> rows = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            boolean isLatest = change.isOfGap() && undone.add(change.topic() + "|" + change.number());
            Map<String, String> undo = isLatest ? undo(i) : Map.of();
            rows.add(new ChangeRow(
                    change.topic(),
                    change.setting(),
                    change.number(),
                    change.value(),
                    change.by(),
                    change.at(),
                    !change.failed().equals("0"),
                    undo,
                    undo.isEmpty() ? "" : label(undo)));
        }
        return rows;
    }

    /// Returns the fields of a form that undoes a change and those made with it; empty if what was before is unknown.
    private Map<String, String> undo(int index) {
        Change change = changes.get(index);
        Set<String> changed = new HashSet<>();
        List<Change> earlier = new ArrayList<>();
        for (Change each : changes.subList(index, changes.size())) {
            if (each.isOfGap() && each.isForSame(change)) {
                if (each.isOfSameClick(change)) {
                    changed.add(each.setting());
                } else {
                    earlier.add(each);
                }
            }
        }
        Optional<String> gap = valueIn(earlier, GAP);
        Optional<String> policy = valueIn(earlier, POLICY);
        if (gap.isEmpty() || policy.isEmpty()) {
            return Map.of();
        }
        Map<String, String> form = new LinkedHashMap<>();
        if (gap.get().isEmpty() && policy.get().isEmpty()) {
            form.put(RESET, "true");
            return form;
        }
        Optional<GapRow> row = topics.stream()
                .flatMap(topic -> topic.gaps().stream())
                .filter(each ->
                        each.topic().equals(change.topic()) && each.number().equals(change.number()))
                .findFirst();
        if (changed.contains(GAP)) {
            form.put(
                    "gap",
                    gap.filter(it -> !it.isEmpty())
                            .or(() -> row.map(GapRow::configured))
                            .orElse(""));
        }
        if (changed.contains(POLICY)) {
            form.putAll(rule(policy.filter(it -> !it.isEmpty())
                    .or(() -> row.map(GapRow::configuredRule))
                    .orElse("")));
        }
        return form.containsValue("") ? Map.of() : form;
    }

    /// Returns the value of the latest of these changes; empty text: the configured one; nothing: it is not known,
    /// because the changes before these are not here.
    private Optional<String> valueIn(List<Change> earlier, String setting) {
        Optional<String> value = earlier.stream()
                .filter(change -> change.setting().equals(setting))
                .map(Change::value)
                .findFirst();
        return value.isPresent() || !isWhole ? value : Optional.of("");
    }

    /// Returns the fields of a form that sets a rule, as a line names it: `adaptive, lambda 66, floor 2s, cap 20s`.
    /// What the line leaves to the gap is absent.
    static Map<String, String> rule(String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        String[] parts = line.split(", ", -1);
        fields.put("policy", parts[0]);
        for (String part : parts) {
            String[] words = part.split(" ", 2);
            if (words.length == 2
                    && (words[0].equals("lambda") ? NUMBER : SPAN)
                            .matcher(words[1])
                            .matches()) {
                fields.put(words[0], words[1]);
            }
        }
        return fields;
    }

    private static String label(Map<String, String> undo) {
        if (undo.containsKey(RESET)) {
            return "the configuration";
        }
        return undo.entrySet().stream()
                .map(field -> Set.of("gap", "policy").contains(field.getKey())
                        ? field.getValue()
                        : field.getKey() + " " + field.getValue())
                .collect(Collectors.joining(", "));
    }
}
