package lull.whatsapp.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import lull.contract.account.AccountFact;
import lull.contract.account.Subject;
import lull.contract.account.Urgency;

/// Facts of who answers a number's customers: while Meta Business Agent does, their messages come in the field
/// `standby`, and Lull does not answer. Pure.
final class ConversationHolderFacts {

    private static final Duration HOUR = Duration.ofHours(1);

    private ConversationHolderFacts() {}

    static List<AccountFact> standby(EventReader event) {
        // Of one hour every event makes the same fact, so that only the first one is recorded.
        Instant hour = event.at().truncatedTo(ChronoUnit.HOURS);
        return List.of(NumberFacts.number(event)
                .is("answered_by", "ANOTHER_AGENT")
                .urgency(Urgency.WARNING)
                .until(hour.plus(HOUR).plus(HOUR))
                .at(hour)
                .build());
    }

    static List<AccountFact> handover(EventReader event) {
        JsonNode value = event.value();
        String number = EventReader.text(value.path("recipient"), "phone_number_id");
        String type = EventReader.firstText(value, "type");
        JsonNode passed = value.path(type);
        return List.of(event.fact(Subject.NUMBER, number)
                .name(EventReader.text(value.path("recipient"), "display_phone_number"))
                .is("handover", type.toUpperCase(Locale.ROOT))
                .detail(EventReader.text(passed, "new_owner_role"))
                .urgency(Urgency.INFO)
                .build());
    }
}
