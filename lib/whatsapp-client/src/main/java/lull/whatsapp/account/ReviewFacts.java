package lull.whatsapp.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lull.contract.account.AccountFact;
import lull.contract.account.Subject;
import lull.contract.account.Urgency;

/// Facts of whole accounts besides those of `account_update`. Pure.
final class ReviewFacts {

    private ReviewFacts() {}

    static List<AccountFact> review(EventReader event) {
        String decision = EventReader.text(event.value(), "decision");
        Urgency urgency = switch (decision) {
            case "APPROVED" -> Urgency.NOTICE;
            case "REJECTED" -> Urgency.CRITICAL;
            default -> Urgency.WARNING;
        };
        return List.of(event.fact(Subject.ACCOUNT, event.account())
                .is("review", decision)
                .detail(EventReader.text(event.value(), "rejection_reason"))
                .urgency(urgency)
                .build());
    }

    static List<AccountFact> alert(EventReader event) {
        JsonNode info = event.value().path("alert_info");
        // Some webhooks have the members of the alert in the value itself.
        JsonNode alert = info.isObject() ? info : event.value();
        Urgency urgency = switch (EventReader.text(alert, "alert_severity")) {
            case "CRITICAL", "WARNING" -> Urgency.WARNING;
            default -> Urgency.NOTICE;
        };
        boolean isActive = !EventReader.text(alert, "alert_status").equals("NONE");
        String type = EventReader.text(alert, "alert_type");
        return List.of(event.fact(Subject.ACCOUNT, event.account())
                .is("alert", type)
                .of(type + " " + EventReader.text(event.value(), "entity_id"))
                .detail(EventReader.text(alert, "alert_description"))
                .urgency(isActive ? urgency : Urgency.NOTICE)
                .until(event.shownUntil())
                .build());
    }

    /// Limits of a portfolio, which all its numbers share.
    static List<AccountFact> capability(EventReader event) {
        List<AccountFact> facts = new ArrayList<>();
        for (String limit : List.of(
                "max_daily_conversations_per_business",
                "max_daily_conversation_per_phone",
                "max_phone_numbers_per_business",
                "max_phone_numbers_per_waba")) {
            String number = EventReader.text(event.value(), limit);
            if (!number.isEmpty()) {
                facts.add(event.fact(Subject.ACCOUNT, event.account())
                        .is("limit", number)
                        .of(limit)
                        .build());
            }
        }
        return facts.isEmpty() ? List.of(AccountFacts.unknown(event)) : facts;
    }

    static List<AccountFact> payments(EventReader event) {
        String status = EventReader.text(event.value(), "status");
        Urgency urgency = switch (status.toLowerCase(Locale.ROOT)) {
            case "active" -> Urgency.NOTICE;
            case "needs testing", "needs_testing" -> Urgency.WARNING;
            default -> Urgency.CRITICAL;
        };
        return List.of(event.fact(Subject.ACCOUNT, event.account())
                .is("payments", status)
                .of(EventReader.text(event.value(), "configuration_name"))
                .urgency(urgency)
                .build());
    }

    static List<AccountFact> partner(EventReader event) {
        return List.of(event.fact(Subject.ACCOUNT, event.account())
                .is("partner", EventReader.firstText(event.value(), "solution_status", "event"))
                .of(EventReader.text(event.value(), "solution_id"))
                .build());
    }
}
