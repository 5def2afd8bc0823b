package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import lull.standins.http.Json;

/// Business profiles and usernames of numbers.
final class ProfileBook {
    private static final Set<String> VERTICALS = Set.of(
            "",
            "OTHER",
            "AUTO",
            "BEAUTY",
            "APPAREL",
            "EDU",
            "ENTERTAIN",
            "EVENT_PLAN",
            "FINANCE",
            "GROCERY",
            "GOVT",
            "HOTEL",
            "HEALTH",
            "NONPROFIT",
            "PROF_SERVICES",
            "RETAIL",
            "TRAVEL",
            "RESTAURANT",
            "NOT_A_BIZ",
            "ALCOHOL",
            "ONLINE_GAMBLING",
            "PHYSICAL_GAMBLING",
            "OTC_DRUGS",
            "MATRIMONY_SERVICE");

    private final Map<String, ObjectNode> profiles = new HashMap<>();
    private final Map<String, String> usernames = new HashMap<>();
    private final UploadBook uploads;

    ProfileBook(UploadBook uploads) {
        this.uploads = uploads;
    }

    void register(BusinessEdges edges) {
        edges.on("GET", "whatsapp_business_profile", BusinessEdges.MANAGEMENT, this::read);
        edges.on("POST", "whatsapp_business_profile", BusinessEdges.MANAGEMENT, this::write);
        edges.on("GET", "username", BusinessEdges.MANAGEMENT, this::username);
        edges.on("POST", "username", BusinessEdges.MANAGEMENT, this::choose);
        edges.on("DELETE", "username", BusinessEdges.MANAGEMENT, call -> {
            if (usernames.remove(call.node()) == null) {
                throw GraphException.invalid("The number has no username.");
            }
            return BusinessCall.success();
        });
        edges.on("GET", "username_suggestions", BusinessEdges.MANAGEMENT, call -> {
            ObjectNode answer = Json.object();
            answer.putArray("data")
                    .addObject()
                    .putArray("username_suggestions")
                    .add("lull.shop")
                    .add("lull_shop");
            return answer;
        });
    }

    private ObjectNode read(BusinessCall call) {
        ObjectNode profile = profile(call.node()).deepCopy();
        ObjectNode answer = Json.object();
        ObjectNode shown = call.fields(profile, "messaging_product");
        answer.putArray("data").add(shown.put("messaging_product", "whatsapp"));
        return answer;
    }

    private ObjectNode write(BusinessCall call) {
        call.requireProduct();
        ObjectNode changed = profile(call.node()).deepCopy();
        if (call.has("about")) {
            changed.put("about", call.required("about", 139));
        }
        Map.of("address", 256, "description", 512, "email", 128).forEach((name, longest) -> {
            if (call.has(name)) {
                changed.put(name, call.text(name).isEmpty() ? "" : call.required(name, longest));
            }
        });
        if (call.has("vertical")) {
            if (!VERTICALS.contains(call.text("vertical"))) {
                throw GraphException.invalid("Param vertical must be one of " + VERTICALS + ".");
            }
            changed.put("vertical", call.text("vertical").isEmpty() ? "UNDEFINED" : call.text("vertical"));
        }
        JsonNode websites = call.tree("websites");
        if (!websites.isMissingNode()) {
            if (!websites.isArray() || websites.size() > 2) {
                throw GraphException.invalid("Param websites must have at most 2 elements.");
            }
            websites.forEach(each -> {
                if (!each.asText().matches("https?://.{1,250}") || each.asText().length() > 256) {
                    throw GraphException.invalid("Param websites must be addresses with http:// or https://.");
                }
            });
            changed.set("websites", websites);
        }
        if (call.has("profile_picture_handle")) {
            uploads.require(call.text("profile_picture_handle"));
            changed.put("profile_picture_url", "https://pps.whatsapp.net/" + call.node());
        }
        profiles.put(call.node(), changed);
        return BusinessCall.success();
    }

    private ObjectNode profile(String number) {
        return profiles.computeIfAbsent(number, _ -> Json.object().put("vertical", "UNDEFINED"));
    }

    private ObjectNode username(BusinessCall call) {
        String username = usernames.get(call.node());
        return username == null
                ? Json.object()
                : Json.object().put("username", username).put("status", "approved");
    }

    private ObjectNode choose(BusinessCall call) {
        String username = call.required("username", 35);
        boolean isOwn = usernames.entrySet().stream()
                .anyMatch(each ->
                        each.getValue().equals(username) && !each.getKey().equals(call.node()));
        if (username.startsWith("taken")) {
            throw GraphException.of(147001, "Username is not available", "Another business has this username.");
        }
        if (isOwn && !call.text("transfer_action").equals("force_transfer")) {
            throw GraphException.of(147005, "Username is in use", "Another number of this business has this username.");
        }
        usernames.values().remove(username);
        usernames.put(call.node(), username);
        return BusinessCall.success().put("status", "approved");
    }
}
