package lull.whatsapp.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lull.contract.account.AccountFact;
import lull.contract.account.Subject;
import lull.contract.account.Urgency;

/// Facts of customers: which messages they do not want. Pure.
final class CustomerFacts {

    private CustomerFacts() {}

    static List<AccountFact> preferences(EventReader event) {
        JsonNode value = event.value();
        String number = EventReader.text(value.path("metadata"), "phone_number_id");
        List<AccountFact> facts = new ArrayList<>();
        for (JsonNode one : value.path("user_preferences")) {
            for (String member : List.of("wa_id", "user_id")) {
                String customer = EventReader.text(one, member);
                if (!customer.isEmpty()) {
                    facts.add(event.fact(Subject.CUSTOMER, number + "|" + customer)
                            .is("preference", EventReader.text(one, "value").toUpperCase(Locale.ROOT))
                            .of(EventReader.text(one, "category"))
                            .urgency(Urgency.INFO)
                            .at(EventReader.seconds(one, "timestamp").orElse(event.at()))
                            .build());
                }
            }
        }
        return facts.isEmpty() ? List.of(AccountFacts.unknown(event)) : facts;
    }
}
