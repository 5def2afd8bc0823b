package lull.whatsapp.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import lull.contract.account.AccountFact;
import lull.contract.account.Subject;
import lull.contract.account.Urgency;

/// Facts of flows, which are WhatsApp's forms, and of the endpoints that answer them. Pure.
final class FlowFacts {

    private static final BigDecimal HALF_OF_REQUESTS = BigDecimal.valueOf(50);
    private static final BigDecimal LONGEST_LATENCY = BigDecimal.valueOf(7000);

    private FlowFacts() {}

    static List<AccountFact> facts(EventReader event) {
        JsonNode value = event.value();
        String word = EventReader.text(value, "event");
        EventReader.Builder flow = event.fact(Subject.FLOW, EventReader.text(value, "flow_id"));
        return switch (word) {
            case "FLOW_STATUS_CHANGE" -> {
                String status = EventReader.text(value, "new_status");
                boolean isDown = status.equals("BLOCKED") || status.equals("THROTTLED");
                yield List.of(flow.is("status", status)
                        .detail(EventReader.text(value, "old_status"))
                        .urgency(isDown ? Urgency.CRITICAL : Urgency.NOTICE)
                        .build());
            }
            case "ENDPOINT_AVAILABILITY", "ENDPOINT_ERROR_RATE", "ENDPOINT_LATENCY", "CLIENT_ERROR_RATE" -> {
                boolean isOver = EventReader.text(value, "alert_state").equals("DEACTIVATED");
                yield List.of(flow.is("endpoint", isOver ? "DEACTIVATED" : "ACTIVATED")
                        .of(word)
                        .detail(EventReader.firstText(value, "message", "threshold"))
                        .urgency(isOver ? Urgency.NOTICE : urgency(word, EventReader.text(value, "threshold")))
                        .build());
            }
            case "FLOW_VERSION_EXPIRY_WARNING" ->
                List.of(flow.is("version", "EXPIRES")
                        .detail(EventReader.firstText(value, "message", "warning"))
                        .urgency(Urgency.WARNING)
                        .until(event.shownUntil())
                        .build());
            default -> List.of(AccountFacts.unknown(event));
        };
    }

    private static Urgency urgency(String word, String threshold) {
        BigDecimal worst = switch (word) {
            case "ENDPOINT_AVAILABILITY" -> BigDecimal.ZERO;
            case "ENDPOINT_LATENCY" -> LONGEST_LATENCY;
            default -> HALF_OF_REQUESTS;
        };
        try {
            return threshold.isEmpty() || new BigDecimal(threshold).compareTo(worst) < 0
                    ? Urgency.WARNING
                    : Urgency.CRITICAL;
        } catch (NumberFormatException e) {
            return Urgency.WARNING;
        }
    }
}
