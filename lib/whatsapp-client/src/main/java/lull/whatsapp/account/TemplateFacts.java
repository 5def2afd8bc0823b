package lull.whatsapp.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.account.AccountFact;
import lull.contract.account.Subject;
import lull.contract.account.Urgency;

/// Facts of templates. Pure.
final class TemplateFacts {

    private static final Map<String, Duration> PAUSES =
            Map.of("FIRST_PAUSE", Duration.ofHours(3), "SECOND_PAUSE", Duration.ofHours(6));

    private TemplateFacts() {}

    static List<AccountFact> status(EventReader event) {
        JsonNode value = event.value();
        // Meta's own examples of changes of quality have this field.
        if (!EventReader.text(value, "new_quality_score").isEmpty()) {
            return quality(event);
        }
        List<AccountFact> facts = new ArrayList<>();
        String word = EventReader.text(value, "event");
        String title = EventReader.text(value.path("other_info"), "title");
        boolean isUnpaused = word.equals("UNPAUSED") || title.equals("UNPAUSE");
        Duration pause = PAUSES.get(title);
        facts.add(template(event)
                .is("status", isUnpaused ? "APPROVED" : word)
                .detail(reason(value, title))
                .urgency(isUnpaused ? Urgency.NOTICE : urgency(word))
                .until(
                        word.equals("PAUSED") && !isUnpaused && pause != null
                                ? event.at().plus(pause)
                                : null)
                .build());
        String category = EventReader.text(value, "message_template_category");
        if (!category.isEmpty()) {
            facts.add(template(event).is("category", category).build());
        }
        return facts;
    }

    private static String reason(JsonNode value, String title) {
        JsonNode rejection = value.path("rejection_info");
        return Stream.of(
                        EventReader.text(value, "reason"),
                        title,
                        EventReader.text(value.path("disable_info"), "disable_date"),
                        EventReader.text(rejection, "reason"),
                        EventReader.text(rejection, "recommendation"))
                .filter(text -> !text.isEmpty() && !text.equals("NONE"))
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static Urgency urgency(String word) {
        return switch (word) {
            case "PAUSED", "DISABLED" -> Urgency.CRITICAL;
            case "FLAGGED", "REJECTED", "LIMIT_EXCEEDED", "DELETED" -> Urgency.WARNING;
            default -> Urgency.NOTICE;
        };
    }

    static List<AccountFact> quality(EventReader event) {
        String now = EventReader.text(event.value(), "new_quality_score");
        Urgency urgency = switch (now) {
            case "RED" -> Urgency.CRITICAL;
            case "YELLOW" -> Urgency.WARNING;
            default -> Urgency.NOTICE;
        };
        return List.of(template(event)
                .is("quality", now)
                .detail(before(EventReader.text(event.value(), "previous_quality_score")))
                .urgency(urgency)
                .build());
    }

    /// A category costs more or less; one that is announced comes within 24 hours.
    static List<AccountFact> category(EventReader event) {
        JsonNode value = event.value();
        List<AccountFact> facts = new ArrayList<>();
        facts.add(template(event)
                .is("category", EventReader.text(value, "new_category"))
                .detail(before(EventReader.text(value, "previous_category")))
                .build());
        String later = EventReader.text(value, "correct_category");
        boolean isAnnounced = !later.isEmpty();
        facts.add(template(event)
                .is("category_change", isAnnounced ? later : EventReader.text(value, "new_category"))
                .detail(isAnnounced ? "announced" : "done")
                .urgency(Urgency.WARNING)
                .until(EventReader.seconds(value, "category_update_timestamp")
                        .filter(_ -> isAnnounced)
                        .map(at -> at.plus(EventReader.ONCE))
                        .orElse(event.shownUntil()))
                .build());
        return facts;
    }

    static List<AccountFact> correctCategory(EventReader event) {
        JsonNode value = event.value();
        return List.of(template(event)
                .is("category_detected", EventReader.text(value, "correct_category"))
                .detail(before(EventReader.text(value, "category")))
                .urgency(Urgency.WARNING)
                .until(event.shownUntil())
                .build());
    }

    static List<AccountFact> text(EventReader event) {
        return List.of(template(event).is("text", "CHANGED").build());
    }

    private static String before(String value) {
        return value.isEmpty() ? "" : "before: " + value;
    }

    private static EventReader.Builder template(EventReader event) {
        JsonNode value = event.value();
        return event.fact(
                        Subject.TEMPLATE,
                        EventReader.firstText(value, "message_template_id", "template_id", "message_template_name"))
                .name(EventReader.firstText(value, "message_template_name", "template_name"))
                .language(EventReader.firstText(value, "message_template_language", "template_language"));
    }
}
