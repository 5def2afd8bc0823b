package lull.whatsapp.action.calling;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.whatsapp.action.ActionRule;

/// Rule about the hours of calls. Pure.
final class CallHours {

    private static final int MOST_A_DAY = 2;

    private CallHours() {}

    static ActionRule rule() {
        return ActionRule.holds(
                "call_hours must have at most two entries a day, each with open_time before close_time, and without overlap",
                given -> isFine(given.path("call_hours").path("weekly_operating_hours")));
    }

    private static boolean isFine(JsonNode entries) {
        Map<String, List<JsonNode>> byDay = new HashMap<>();
        for (JsonNode entry : entries) {
            if (open(entry).compareTo(close(entry)) >= 0) {
                return false;
            }
            byDay.computeIfAbsent(entry.path("day_of_week").asText(), _ -> new ArrayList<>())
                    .add(entry);
        }
        return byDay.values().stream().allMatch(CallHours::isFineDay);
    }

    private static boolean isFineDay(List<JsonNode> day) {
        List<JsonNode> sorted =
                day.stream().sorted(Comparator.comparing(CallHours::open)).toList();
        return sorted.size() == 1
                || (sorted.size() <= MOST_A_DAY && close(sorted.get(0)).compareTo(open(sorted.get(1))) <= 0);
    }

    private static String open(JsonNode entry) {
        return entry.path("open_time").asText();
    }

    private static String close(JsonNode entry) {
        return entry.path("close_time").asText();
    }
}
