package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.standins.http.Json;

/// Calls of numbers, with permissions and states. The call `wacid.incoming` rings until it is answered.
final class CallBook {
    private static final Duration DAY = Duration.ofDays(1);

    private final InstantSource clock;
    private final NumberBook numbers;
    private final Map<String, String> states = new HashMap<>();
    private final Map<String, List<Instant>> requests = new HashMap<>();
    private final Map<String, Instant> permitted = new HashMap<>();
    private int last;

    CallBook(InstantSource clock, NumberBook numbers) {
        this.clock = clock;
        this.numbers = numbers;
        states.put("wacid.incoming", "RINGING");
    }

    void register(BusinessEdges edges) {
        edges.on("POST", "calls", BusinessEdges.MESSAGING, this::call);
        edges.on("GET", "call_permissions", BusinessEdges.MESSAGING, this::permission);
    }

    /// Counts a request for permission, which the customer of the stand-in grants.
    void ask(String number, String customer) {
        Instant now = clock.instant();
        List<Instant> before = requests.computeIfAbsent(number + "/" + customer, _ -> new ArrayList<>());
        before.removeIf(at -> at.isBefore(now.minus(DAY.multipliedBy(7))));
        if (before.size() >= 2 || before.stream().anyMatch(at -> at.isAfter(now.minus(DAY)))) {
            throw GraphException.of(138009, "Request limit", "Permission can be asked once in 24 hours.");
        }
        before.add(now);
        permitted.put(number + "/" + customer, now.plus(Duration.ofDays(7)));
    }

    private boolean isPermitted(String number, String customer) {
        Instant until = permitted.get(number + "/" + customer);
        return until != null && clock.instant().isBefore(until);
    }

    private ObjectNode permission(BusinessCall call) {
        String customer = call.has("user_wa_id") ? call.text("user_wa_id") : call.required("recipient", 140);
        boolean isPermitted = isPermitted(call.node(), customer);
        Instant until = permitted.getOrDefault(call.node() + "/" + customer, Instant.EPOCH);
        ObjectNode answer = Json.object().put("messaging_product", "whatsapp");
        ObjectNode permission =
                answer.putObject("permission").put("status", isPermitted ? "temporary" : "no_permission");
        if (isPermitted) {
            permission.put("expiration_time", until.getEpochSecond());
        }
        ArrayNode actions = answer.putArray("actions");
        actions.addObject().put("action_name", "send_call_permission_request").put("can_perform_action", !isPermitted);
        actions.addObject()
                .put("action_name", "start_call")
                .put("can_perform_action", isPermitted)
                .putArray("limits")
                .addObject()
                .put("time_period", "PT24H")
                .put("max_allowed", 10)
                .put("current_usage", 0);
        return answer;
    }

    private ObjectNode call(BusinessCall call) {
        call.requireProduct();
        String action = call.word("action", "connect", "pre_accept", "accept", "reject", "terminate");
        if (!numbers.hasCalls(call.node())) {
            throw GraphException.of(138000, "Calling is not enabled", "Calls are off for this number.");
        }
        if (action.equals("connect")) {
            return connect(call);
        }
        String id = call.required("call_id", 256);
        String state = states.get(id);
        boolean isOpen = action.equals("terminate")
                ? "CONNECTED".equals(state) || "RINGING".equals(state)
                : "RINGING".equals(state);
        if (!isOpen) {
            throw GraphException.of(100, "Call is not open", "There is no such call in a state for " + action + ".");
        }
        if (action.endsWith("accept")
                && !call.given().at("/session/sdp").asText("").startsWith("v=0")) {
            throw GraphException.missing("The parameter session['sdp'] is required.");
        }
        switch (action) {
            case "accept" -> states.put(id, "CONNECTED");
            case "reject", "terminate" -> states.put(id, "ENDED");
            default -> {}
        }
        return BusinessCall.success();
    }

    private ObjectNode connect(BusinessCall call) {
        String customer = call.has("to") ? call.text("to") : call.required("recipient", 140);
        if (!call.given().at("/session/sdp").asText("").startsWith("v=0")) {
            throw GraphException.missing("The parameter session['sdp'] is required.");
        }
        if (!isPermitted(call.node(), customer)) {
            throw GraphException.of(138006, "No permission", "The user has not permitted calls.");
        }
        String id = "wacid.out" + ++last;
        states.put(id, "CONNECTED");
        ObjectNode answer = Json.object().put("messaging_product", "whatsapp");
        answer.putArray("calls").addObject().put("id", id);
        return answer;
    }
}
