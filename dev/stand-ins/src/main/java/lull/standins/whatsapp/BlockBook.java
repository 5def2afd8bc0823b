package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.standins.http.Json;

/// Customers whom a number has blocked.
final class BlockBook {
    private static final int MOST = 64_000;

    private final Phones phones;
    private final Map<String, Set<String>> blocked = new HashMap<>();

    BlockBook(Phones phones) {
        this.phones = phones;
    }

    void register(BusinessEdges edges) {
        edges.on("POST", "block_users", BusinessEdges.MESSAGING, this::block);
        edges.on("DELETE", "block_users", BusinessEdges.MESSAGING, this::unblock);
        edges.on("GET", "block_users", BusinessEdges.MESSAGING, this::list);
    }

    /// Whether a number has blocked a customer.
    boolean isBlocked(String number, String customer) {
        return of(number).contains(customer);
    }

    private Set<String> of(String number) {
        return blocked.computeIfAbsent(number, _ -> new LinkedHashSet<>());
    }

    private ObjectNode block(BusinessCall call) {
        call.requireProduct();
        ObjectNode answer = Json.object().put("messaging_product", "whatsapp");
        ObjectNode users = answer.putObject("block_users");
        ArrayNode added = users.putArray("added_users");
        ArrayNode failed = users.putArray("failed_users");
        for (ObjectNode each : call.objects("block_users", 1, 1_000)) {
            String input = each.path("user").asText(each.path("user_id").asText(""));
            String customer = input.replaceAll("[+ ()-]", "");
            if (of(call.node()).size() >= MOST) {
                throw GraphException.of(139101, "Blocklist limit reached", "At most 64000 users can be blocked.");
            }
            if (phones.isCareWindowOpen(call.node(), customer)) {
                of(call.node()).add(customer);
                added.addObject().put("input", input).put("wa_id", customer);
            } else {
                ObjectNode error = failed.addObject()
                        .put("input", input)
                        .putArray("errors")
                        .addObject();
                error.put("message", "Re-engagement required").put("code", 131047);
                error.putObject("error_data").put("details", "The user has not written within 24 hours.");
            }
        }
        if (!failed.isEmpty()) {
            throw GraphException.of(139100, "Failed to block some users", "Some users were not blocked.")
                    .with(answer);
        }
        return answer;
    }

    private ObjectNode unblock(BusinessCall call) {
        call.requireProduct();
        ObjectNode answer = Json.object().put("messaging_product", "whatsapp");
        ArrayNode removed = answer.putObject("block_users").putArray("removed_users");
        for (ObjectNode each : call.objects("block_users", 1, 1_000)) {
            String input = each.path("user").asText(each.path("user_id").asText(""));
            of(call.node()).remove(input.replaceAll("[+ ()-]", ""));
            removed.addObject().put("input", input).put("wa_id", input.replaceAll("[+ ()-]", ""));
        }
        return answer;
    }

    private ObjectNode list(BusinessCall call) {
        List<ObjectNode> users = of(call.node()).stream()
                .map(customer ->
                        Json.object().put("messaging_product", "whatsapp").put("wa_id", customer))
                .toList();
        return call.page(users);
    }
}
