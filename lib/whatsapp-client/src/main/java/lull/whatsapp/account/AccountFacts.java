package lull.whatsapp.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lull.contract.account.AccountFact;
import lull.contract.account.Subject;
import lull.contract.account.Urgency;
import lull.contract.message.AccountEvent;

/// Reader of the facts in the events of `whatsapp.account.event`. An event that is about messages has none; one of an
/// unknown field has one that names the field, so that nothing that Meta invents passes unseen. Pure.
///
/// Source: Meta's pages on the webhook fields of WhatsApp Business Accounts, of 2025 and 2026.
public final class AccountFacts {

    /// Fields that are about messages, calls, groups and conversations, which others handle.
    private static final List<String> OF_MESSAGES = List.of(
            "",
            "messages",
            "message_echoes",
            "smb_message_echoes",
            "statuses",
            "errors",
            "calls",
            "history",
            "smb_app_state_sync",
            "automatic_events",
            "tracking_events",
            "group_lifecycle_update",
            "group_participants_update",
            "group_settings_update",
            "group_status_update",
            "user_id_update");

    private static final Map<String, Function<EventReader, List<AccountFact>>> FIELDS = Map.ofEntries(
            Map.entry("account_update", AccountUpdates::facts),
            Map.entry("account_review_update", ReviewFacts::review),
            Map.entry("account_alerts", ReviewFacts::alert),
            Map.entry("business_capability_update", ReviewFacts::capability),
            Map.entry("phone_number_quality_update", NumberFacts::quality),
            Map.entry("phone_number_name_update", NumberFacts::name),
            Map.entry("business_username_update", NumberFacts::username),
            Map.entry("business_username_updates", NumberFacts::username),
            Map.entry("account_settings_update", NumberFacts::settings),
            Map.entry("security", NumberFacts::security),
            Map.entry("message_template_status_update", TemplateFacts::status),
            Map.entry("message_template_quality_update", TemplateFacts::quality),
            Map.entry("template_category_update", TemplateFacts::category),
            Map.entry("template_correct_category_detection", TemplateFacts::correctCategory),
            Map.entry("message_template_components_update", TemplateFacts::text),
            Map.entry("flows", FlowFacts::facts),
            Map.entry("payment_configuration_update", ReviewFacts::payments),
            Map.entry("user_preferences", CustomerFacts::preferences),
            Map.entry("messaging_handovers", ConversationHolderFacts::handover),
            Map.entry("standby", ConversationHolderFacts::standby),
            Map.entry("partner_solutions", ReviewFacts::partner));

    private AccountFacts() {}

    /// Returns what an event says, in its order.
    public static List<AccountFact> of(AccountEvent event) {
        if (OF_MESSAGES.contains(event.field())) {
            return List.of();
        }
        EventReader reader = new EventReader(event);
        Function<EventReader, List<AccountFact>> field = FIELDS.get(event.field());
        return field == null ? List.of(unknown(reader)) : field.apply(reader);
    }

    /// Returns a fact about a value that Lull does not know.
    static AccountFact unknown(EventReader event) {
        JsonNode value = event.value();
        String word = EventReader.firstText(value, "event", "status", "type", "decision");
        return event.fact(Subject.ACCOUNT, event.account())
                .is("unknown", word.isEmpty() ? event.field() : word)
                .of(event.field())
                .urgency(Urgency.NOTICE)
                .build();
    }
}
