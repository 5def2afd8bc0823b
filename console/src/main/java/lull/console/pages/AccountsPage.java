package lull.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.console.sources.Answer;
import lull.contract.account.AccountFact;
import lull.contract.account.Urgency;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;

/// Content of the page that shows what WhatsApp has said last about accounts, numbers, templates and flows. Pure.
public final class AccountsPage {

    private AccountsPage() {}

    /// A fact.
    ///
    /// @param urgency its word; empty if it has ended by itself, and if it is only recorded
    /// @param isUrgent whether an operator should know it at once
    /// @param until when it ends by itself; empty if it does not
    public record Row(
            String urgency,
            boolean isUrgent,
            boolean isWarning,
            String about,
            String name,
            String aspect,
            String value,
            String detail,
            Instant at,
            Optional<Instant> until) {}

    /// Returns the values of the template.
    ///
    /// @param isAll whether more than problems was asked for
    public static Map<String, Object> model(Answer answer, boolean isAll, Instant now) {
        Map<String, Object> model = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        boolean isComplete = true;
        String problem = SettingsPage.problem(answer);
        if (answer instanceof Answer.Known(JsonNode body)) {
            isComplete = body.path("isComplete").asBoolean();
            try {
                for (JsonNode fact : body.path("facts")) {
                    rows.add(row(Json.convert(fact, AccountFact.class), now));
                }
            } catch (UnreadableJson e) {
                problem = "The archive answers in another form: it may be of another version of Lull";
            }
        }
        model.put("isComplete", isComplete);
        model.put("problem", problem);
        model.put("isAll", isAll);
        model.put("rows", rows);
        return Map.copyOf(model);
    }

    private static Row row(AccountFact fact, Instant now) {
        boolean isOver = fact.isOverAt(now);
        String name = fact.name();
        String language = fact.language();
        String detail = fact.detail();
        String of = fact.of();
        return new Row(
                isOver || fact.urgency() == Urgency.INFO ? "" : fact.urgency().word(),
                !isOver && fact.urgency() == Urgency.CRITICAL,
                !isOver && fact.urgency() == Urgency.WARNING,
                fact.subject().word() + " " + fact.id(),
                (name == null || name.equals(fact.id()) ? "" : name) + (language == null ? "" : " " + language),
                fact.aspect() + (of == null || of.equals(fact.value()) ? "" : " " + of),
                fact.value(),
                detail == null ? "" : detail,
                fact.at(),
                Optional.ofNullable(fact.until()));
    }
}
