package lull.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.console.sources.AdviceCalculator.Advice;
import lull.console.sources.AdviceCalculator.Question;
import lull.console.sources.AdviceCalculator.Row;
import lull.console.sources.AdvicePeriod;
import lull.console.sources.Answer;
import lull.console.sources.GapAdvices.State;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;

/// Content of the page that shows what another gap would do. Pure.
public final class AdvicePage {

    private static final double PERCENT = 100;

    /// A standard error covers two thirds, and twice as much 95 %.
    private static final double SURE = 1.96;

    private AdvicePage() {}

    /// Gap that the page can be about.
    ///
    /// @param number empty: all numbers without a gap of their own
    public record Choice(String topic, String number, Question question, boolean isChosen) {

        public String value() {
            return topic + " " + number;
        }

        public String label() {
            return topic + (number.isEmpty() ? ", all other numbers" : ", number " + number);
        }
    }

    /// Line of the table.
    ///
    /// @param x where it is in the curves: the mean wait
    /// @param choice value of the button that sets it; empty: it is in force
    /// @param command that sets it
    public record Line(
            Row row,
            double x,
            double cutPercent,
            double cutPercentError,
            double costOff,
            double cutOff,
            String choice,
            String command) {}

    /// Returns what the page can be about. The chosen one is the first if none is asked for.
    ///
    /// @param asked the value of a choice; empty: none
    public static List<Choice> choices(Answer gaps, String asked) {
        List<Choice> choices = new ArrayList<>();
        if (gaps instanceof Answer.Known(JsonNode body)) {
            for (JsonNode report : body) {
                for (JsonNode gap : report.path("gaps")) {
                    choices.add(choice(report.path("topic").asText(), gap));
                }
            }
        }
        int chosen = 0;
        for (int i = 0; i < choices.size(); i++) {
            chosen = choices.get(i).value().equals(asked) ? i : chosen;
        }
        List<Choice> marked = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            Choice each = choices.get(i);
            marked.add(new Choice(each.topic(), each.number(), each.question(), i == chosen));
        }
        return marked;
    }

    private static Choice choice(String topic, JsonNode gap) {
        String number = gap.path("businessNumber").asText("");
        @Nullable JsonNode inForce = onlyOne(gap.path("inForce"));
        Duration today = inForce == null ? null : Durations.parse(inForce.asText());
        return new Choice(topic, number, new Question(number, today, onlyOne(gap.path("rules"))), false);
    }

    /// Returns the value of all partitions; null if they differ, or if none is known.
    private static @Nullable JsonNode onlyOne(JsonNode byPartition) {
        List<JsonNode> values = byPartition.valueStream().distinct().toList();
        return values.size() == 1 ? values.getFirst() : null;
    }

    /// Returns the values of the template.
    ///
    /// @param state empty: nothing was asked, because no gap is known
    public static Map<String, Object> model(Answer gaps, List<Choice> choices, Optional<State> state) {
        Map<String, Object> model = new HashMap<>();
        model.put("choices", choices);
        model.put("gapsProblem", SettingsPage.problem(gaps));
        Optional<Choice> chosen = choices.stream().filter(Choice::isChosen).findFirst();
        model.put("topic", chosen.map(Choice::topic).orElse(""));
        model.put("number", chosen.map(Choice::number).orElse(""));
        @Nullable Advice advice = state.map(State::advice).orElse(null);
        model.put("problem", state.map(State::problem).orElse(""));
        model.put("progress", state.map(State::progress).orElse(""));
        // A model of a page has no nulls.
        model.put("advice", advice == null ? "" : advice);
        model.put("period", advice == null ? "" : AdvicePeriod.words(advice.period()));
        model.put("warning", advice == null ? "" : AdvicePeriod.warning(advice.period()));
        model.put("isSample", advice != null && advice.share() < 1);
        model.put("sharePercent", advice == null ? 0 : advice.share() * PERCENT);
        model.put(
                "lines",
                advice == null || chosen.isEmpty()
                        ? List.of()
                        : advice.rows().stream()
                                .map(row -> line(row, chosen.orElseThrow()))
                                .toList());
        return Map.copyOf(model);
    }

    private static Line line(Row row, Choice chosen) {
        return new Line(
                row,
                row.delay(),
                PERCENT * row.cut(),
                PERCENT * row.cutError(),
                SURE * row.costError(),
                SURE * PERCENT * row.cutError(),
                row.isToday() ? "" : row.gap() + " " + row.policy(),
                "bin/lull gap set " + chosen.topic() + " " + (row.isAdaptive() ? "--like " : "") + row.gap()
                        + (row.isAdaptive() ? "" : " --policy fixed")
                        + (chosen.number().isEmpty() ? "" : " --number " + chosen.number()));
    }

    /// Returns the fields of a form by the value of a button; empty if it is none.
    public static Map<String, String> fields(String choice) {
        String[] words = choice.split(" ", -1);
        Map<String, String> fields = new LinkedHashMap<>();
        if (words.length == 2) {
            fields.put("gap", words[0]);
            fields.put("policy", words[1]);
        }
        return fields;
    }
}
