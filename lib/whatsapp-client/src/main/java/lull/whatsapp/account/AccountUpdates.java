package lull.whatsapp.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.contract.account.AccountFact;
import lull.contract.account.Subject;
import lull.contract.account.Urgency;

/// Facts of the field `account_update`: bans, restrictions, violations, and who has access. Pure.
final class AccountUpdates {

    private static final String RESTRICTION = "restriction";
    private static final String CONNECTION = "connection";

    private static final Map<String, Urgency> RESTRICTIONS = Map.of(
            "RESTRICTED_CUSTOMER_INITIATED_MESSAGING", Urgency.CRITICAL,
            "RESTRICTED_BIZ_INITIATED_MESSAGING", Urgency.CRITICAL,
            "RESTRICTED_ADD_PHONE_NUMBER_ACTION", Urgency.NOTICE);

    private static final Set<String> WORST_VIOLATIONS = Set.of("SCAM", "DRUGS");

    private AccountUpdates() {}

    static List<AccountFact> facts(EventReader event) {
        JsonNode value = event.value();
        String word = EventReader.text(value, "event");
        return switch (word) {
            case "DISABLED_UPDATE" -> List.of(ban(event, value.path("ban_info")));
            case "ACCOUNT_RESTRICTION" -> restrictions(event, value);
            case "ACCOUNT_VIOLATION" -> List.of(violation(event, value.path("violation_info")));
            case "ACCOUNT_DELETED", "PARTNER_REMOVED", "PARTNER_APP_UNINSTALLED", "ACCOUNT_OFFBOARDED" ->
                List.of(account(event)
                        .is(CONNECTION, word)
                        .detail(EventReader.text(value.path("disconnection_info"), "reason"))
                        .urgency(Urgency.CRITICAL)
                        .build());
            case "ACCOUNT_RECONNECTED", "PARTNER_ADDED", "PARTNER_APP_INSTALLED" ->
                List.of(account(event).is(CONNECTION, word).build());
            case "VERIFIED_ACCOUNT" ->
                List.of(account(event).is("verification", word).build());
            case "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE" ->
                List.of(certification(event, value.path("partner_client_certification_info")));
            case "MM_LITE_TERMS_SIGNED", "AD_ACCOUNT_LINKED" ->
                List.of(account(event).is("terms", word).of(word).build());
            case "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE",
                    "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE",
                    "VOLUME_BASED_PRICING_TIER_UPDATE" ->
                List.of(account(event)
                        .is("prices", word)
                        .of(word)
                        .detail(EventReader.text(value.path("volume_tier_info"), "tier"))
                        .build());
            default -> List.of(AccountFacts.unknown(event));
        };
    }

    /// The account that it is about: that of a client, where a partner is told about it.
    private static EventReader.Builder account(EventReader event) {
        String client = EventReader.text(event.value().path("waba_info"), "waba_id");
        return event.fact(Subject.ACCOUNT, client.isEmpty() ? event.account() : client)
                .name(EventReader.text(event.value(), "phone_number"));
    }

    private static AccountFact ban(EventReader event, JsonNode ban) {
        String state = EventReader.text(ban, "waba_ban_state");
        String date = EventReader.text(ban, "waba_ban_date");
        return account(event)
                .is("ban", state)
                .detail(date)
                .urgency(state.equals("REINSTATE") ? Urgency.NOTICE : Urgency.CRITICAL)
                .build();
    }

    private static List<AccountFact> restrictions(EventReader event, JsonNode value) {
        List<AccountFact> facts = new ArrayList<>();
        for (JsonNode one : value.path("restriction_info")) {
            String type = EventReader.text(one, "restriction_type");
            Instant end = EventReader.seconds(one, "expiration").orElse(null);
            facts.add(account(event)
                    .is(RESTRICTION, type)
                    .of(type)
                    .detail(EventReader.firstText(one, "remediation"))
                    .urgency(RESTRICTIONS.getOrDefault(type, Urgency.WARNING))
                    .until(end)
                    .build());
        }
        JsonNode violation = value.path("violation_info");
        if (facts.isEmpty() && violation.isObject()) {
            String type = EventReader.text(violation, "violation_type");
            boolean isLifted = type.endsWith("_UNBAN") || type.endsWith("_RECOVERY");
            facts.add(account(event)
                    .is(RESTRICTION, type)
                    .of(ladder(type))
                    .urgency(isLifted ? Urgency.NOTICE : Urgency.WARNING)
                    .until(type.endsWith("_WARN") ? event.shownUntil() : null)
                    .build());
        }
        return facts.isEmpty() ? List.of(AccountFacts.unknown(event)) : facts;
    }

    /// Returns what a step of Meta's ladder is about, so that a later step takes the place of an earlier one.
    private static String ladder(String type) {
        return type.startsWith("DIRECT_SEND") ? "DIRECT_SEND" : type;
    }

    private static AccountFact violation(EventReader event, JsonNode violation) {
        String type = EventReader.text(violation, "violation_type");
        return account(event)
                .is("violation", type)
                .of(type)
                .urgency(WORST_VIOLATIONS.contains(type) ? Urgency.CRITICAL : Urgency.WARNING)
                .until(event.shownUntil())
                .build();
    }

    private static AccountFact certification(EventReader event, JsonNode info) {
        String status = EventReader.text(info, "status");
        return account(event)
                .is("certification", status)
                .of(EventReader.text(info, "client_business_id"))
                .detail(info.path("rejection_reasons").path(0).asText(""))
                .urgency(status.equals("APPROVED") || status.equals("PENDING") ? Urgency.NOTICE : Urgency.WARNING)
                .build();
    }
}
