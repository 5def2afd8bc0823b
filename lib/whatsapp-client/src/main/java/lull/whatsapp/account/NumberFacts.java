package lull.whatsapp.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.account.AccountFact;
import lull.contract.account.Subject;
import lull.contract.account.Urgency;

/// Facts of phone numbers. Pure.
final class NumberFacts {

    private NumberFacts() {}

    static List<AccountFact> quality(EventReader event) {
        JsonNode value = event.value();
        String word = EventReader.text(value, "event");
        String limits = Stream.of("current_limit", "max_daily_conversations_per_business", "old_limit")
                .filter(member -> !EventReader.text(value, member).isEmpty())
                .map(member -> member + " " + EventReader.text(value, member))
                .collect(Collectors.joining(", "));
        Urgency urgency = switch (word) {
            case "FLAGGED", "DOWNGRADE" -> Urgency.CRITICAL;
            default -> Urgency.NOTICE;
        };
        return List.of(number(event)
                .is("quality", word)
                .detail(limits)
                .urgency(urgency)
                .build());
    }

    static List<AccountFact> name(EventReader event) {
        String decision = EventReader.text(event.value(), "decision");
        return List.of(number(event)
                .is("name", decision)
                .detail(Stream.of("requested_verified_name", "rejection_reason")
                        .map(member -> EventReader.text(event.value(), member))
                        .filter(text -> !text.isEmpty() && !text.equals("NONE"))
                        .collect(Collectors.joining(": ")))
                .urgency(decision.equals("REJECTED") ? Urgency.WARNING : Urgency.NOTICE)
                .build());
    }

    static List<AccountFact> username(EventReader event) {
        return List.of(number(event)
                .is("username", EventReader.text(event.value(), "status").toUpperCase(Locale.ROOT))
                .detail(EventReader.text(event.value(), "username"))
                .build());
    }

    static List<AccountFact> settings(EventReader event) {
        JsonNode settings = event.value().path("phone_number_settings");
        String calling = EventReader.text(settings.path("calling"), "status");
        String id = EventReader.text(settings, "phone_number_id");
        return List.of((id.isEmpty() ? number(event) : event.fact(Subject.NUMBER, id))
                .is("settings", calling.isEmpty() ? "CHANGED" : "CALLING_" + calling)
                .build());
    }

    /// Changes of the second factor: they may be somebody who takes the number over.
    static List<AccountFact> security(EventReader event) {
        return List.of(number(event)
                .is("security", EventReader.text(event.value(), "event"))
                .detail(EventReader.text(event.value(), "requester"))
                .urgency(Urgency.CRITICAL)
                .until(event.shownUntil())
                .build());
    }

    /// The number that a value is about, by its id if there is one.
    static EventReader.Builder number(EventReader event) {
        JsonNode value = event.value();
        JsonNode metadata = value.path("metadata");
        String id = EventReader.firstText(metadata, "phone_number_id");
        String own = EventReader.firstText(value, "phone_number_id");
        String display = EventReader.firstText(value, "display_phone_number", "phone_number");
        String known = !id.isEmpty() ? id : own;
        String shown = display.isEmpty() ? EventReader.text(metadata, "display_phone_number") : display;
        return event.fact(Subject.NUMBER, known.isEmpty() ? digits(shown) : known)
                .name(shown);
    }

    private static String digits(String display) {
        return display.replaceAll("[^0-9A-Za-z]", "");
    }
}
