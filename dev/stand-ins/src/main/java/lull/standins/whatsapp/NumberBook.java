package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.standins.http.Json;

/// Numbers with a state: registration, PIN, settings, webhooks, components, encryption, calls. An id of
/// digits that is no other object is a number.
final class NumberBook {
    private static final int REGISTRATIONS = 10;
    private static final Duration QUOTA = Duration.ofDays(3);
    private static final Set<String> SETTINGS =
            Set.of("calling", "user_identity_change", "payload_encryption", "storage_configuration");

    private final InstantSource clock;
    private final Map<String, ObjectNode> numbers = new LinkedHashMap<>();
    private final Map<String, ObjectNode> settings = new HashMap<>();
    private final Map<String, String> pins = new HashMap<>();
    private final Map<String, List<Instant>> registrations = new HashMap<>();
    private final Map<String, String> accountOf = new HashMap<>();
    private long last = 110_000_000_000_000L;

    NumberBook(InstantSource clock) {
        this.clock = clock;
        accountOf.put("100000000000001", "200000000000001");
        of("100000000000001");
    }

    void register(BusinessEdges edges) {
        edges.on("GET", "phone_numbers", BusinessEdges.MANAGEMENT, this::list);
        edges.on("POST", "phone_numbers", BusinessEdges.MANAGEMENT, this::add);
        edges.on("POST", "request_code", BusinessEdges.MANAGEMENT, call -> {
            call.word("code_method", "SMS", "VOICE");
            call.required("language", 10);
            return BusinessCall.success();
        });
        edges.on("POST", "verify_code", BusinessEdges.MANAGEMENT, call -> {
            if (!call.required("code", 6).equals("123456")) {
                throw GraphException.of(136025, "Verification code is wrong", "The code is not the one that was sent.");
            }
            of(call.node()).put("code_verification_status", "VERIFIED");
            return BusinessCall.success();
        });
        edges.on("POST", "register", BusinessEdges.MANAGEMENT, this::registerNumber);
        edges.on("POST", "deregister", BusinessEdges.MANAGEMENT, call -> {
            count(call.node());
            of(call.node()).put("status", "DISCONNECTED");
            return BusinessCall.success();
        });
        edges.on(
                "GET",
                "settings",
                BusinessEdges.MANAGEMENT,
                call -> settings.computeIfAbsent(call.node(), _ -> Json.object())
                        .deepCopy());
        edges.on("POST", "settings", BusinessEdges.MANAGEMENT, this::set);
        edges.on("GET", "whatsapp_business_encryption", BusinessEdges.MESSAGING, call -> {
            ObjectNode answer = Json.object();
            ObjectNode key = answer.putArray("data").addObject();
            String pem = of(call.node()).path("public_key").asText("");
            if (!pem.isEmpty()) {
                key.put("business_public_key", pem).put("business_public_key_signature_status", "VALID");
            }
            return answer;
        });
        edges.on("POST", "whatsapp_business_encryption", BusinessEdges.MESSAGING, call -> {
            if (!call.required("business_public_key", 1_000).startsWith("-----BEGIN PUBLIC KEY-----")) {
                throw GraphException.invalid("Param business_public_key must be a public key in PEM.");
            }
            of(call.node()).put("public_key", call.text("business_public_key"));
            return BusinessCall.success();
        });
        edges.on("POST", "conversational_automation", BusinessEdges.MANAGEMENT, this::components);
    }

    /// Whether calls are on for a number.
    boolean hasCalls(String number) {
        return settings.getOrDefault(number, Json.object())
                .at("/calling/status")
                .asText()
                .equals("ENABLED");
    }

    /// Whether a key for flows is set for a number of an account.
    boolean hasKey(String account) {
        return numbers.entrySet().stream()
                .anyMatch(each -> account.equals(accountOf.get(each.getKey()))
                        && each.getValue().has("public_key"));
    }

    /// Reads fields of a number.
    ObjectNode read(BusinessCall call) {
        if (!call.node().matches("[0-9]{5,20}")) {
            throw GraphException.noSuchObject(call.node());
        }
        ObjectNode number = of(call.node()).deepCopy();
        // The limit of the portfolio came with version 24, in place of that of the number.
        if (call.version() >= 24) {
            number.put("whatsapp_business_manager_messaging_limit", "TIER_2K");
        } else if (BusinessCall.names(call.text("fields")).contains("whatsapp_business_manager_messaging_limit")) {
            throw GraphException.of(
                    100, "Tried accessing nonexisting field", "whatsapp_business_manager_messaging_limit needs v24.0.");
        } else {
            number.put("messaging_limit_tier", "TIER_2K");
        }
        return call.fields(number, "display_phone_number", "verified_name", "quality_rating");
    }

    /// Changes a number: PIN, name or webhook.
    ObjectNode change(BusinessCall call) {
        if (call.has("pin")) {
            pins.put(call.node(), pin(call));
            of(call.node()).put("is_pin_enabled", true);
        } else if (call.has("new_display_name")) {
            of(call.node()).put("new_name_status", "PENDING_REVIEW");
            call.required("new_display_name", 128);
        } else if (call.tree("webhook_configuration").isObject()) {
            ObjectNode own = (ObjectNode) of(call.node()).path("webhook_configuration");
            String address = call.tree("webhook_configuration")
                    .path("override_callback_uri")
                    .asText("");
            if (address.length() > 200) {
                throw GraphException.invalid("The address must have at most 200 characters.");
            }
            if (address.isEmpty()) {
                own.remove("phone_number");
            } else {
                own.put("phone_number", address);
            }
        } else {
            throw GraphException.invalid("There is nothing to change.");
        }
        return BusinessCall.success();
    }

    private ObjectNode of(String id) {
        return numbers.computeIfAbsent(id, _ -> {
            ObjectNode number = Json.object()
                    .put("id", id)
                    .put("display_phone_number", WebhookBodies.DISPLAY_NUMBER)
                    .put("verified_name", "Lull")
                    .put("quality_rating", "GREEN")
                    .put("status", "CONNECTED")
                    .put("name_status", "APPROVED")
                    .put("code_verification_status", "VERIFIED")
                    .put("platform_type", "CLOUD_API")
                    .put("account_mode", "LIVE")
                    .put("is_official_business_account", false)
                    .put("is_pin_enabled", false);
            number.putObject("quality_score").put("score", "GREEN");
            number.putObject("throughput").put("level", "STANDARD");
            number.putObject("webhook_configuration").put("application", "https://example.com/webhooks");
            number.set("health_status", health("PHONE_NUMBER", id));
            return number;
        });
    }

    static ObjectNode health(String type, String id) {
        ObjectNode health = Json.object().put("can_send_message", "AVAILABLE");
        health.putArray("entities")
                .addObject()
                .put("entity_type", type)
                .put("id", id)
                .put("can_send_message", "AVAILABLE");
        return health;
    }

    private ObjectNode list(BusinessCall call) {
        return call.page(numbers.values().stream()
                .filter(each -> call.node().equals(accountOf.get(each.path("id").asText())))
                .map(each -> call.fields(each, "display_phone_number", "verified_name", "quality_rating"))
                .toList());
    }

    private ObjectNode add(BusinessCall call) {
        String display = call.required("cc", 4) + call.required("phone_number", 15);
        call.required("verified_name", 128);
        if (numbers.values().stream()
                .anyMatch(each -> each.path("display_phone_number").asText().equals(display))) {
            throw GraphException.detailed(2388012, "The number already exists in an account.");
        }
        String id = Long.toString(++last);
        accountOf.put(id, call.node());
        of(id).put("display_phone_number", display)
                .put("verified_name", call.text("verified_name"))
                .put("status", "PENDING")
                .put("code_verification_status", "NOT_VERIFIED");
        return Json.object().put("id", id);
    }

    private ObjectNode registerNumber(BusinessCall call) {
        call.requireProduct();
        String pin = pin(call);
        count(call.node());
        if (!of(call.node()).path("code_verification_status").asText().equals("VERIFIED")) {
            throw GraphException.of(133006, "Phone number re-verification needed", "Verify the number first.");
        }
        if (!pins.getOrDefault(call.node(), pin).equals(pin)) {
            throw GraphException.of(133005, "Two step verification PIN mismatch", "The PIN is wrong.");
        }
        pins.put(call.node(), pin);
        of(call.node()).put("status", "CONNECTED").put("is_pin_enabled", true);
        return BusinessCall.success();
    }

    private void count(String number) {
        Instant now = clock.instant();
        List<Instant> before = registrations.computeIfAbsent(number, _ -> new ArrayList<>());
        before.removeIf(at -> at.isBefore(now.minus(QUOTA)));
        if (before.size() >= REGISTRATIONS) {
            throw GraphException.of(133016, "Too many attempts", "A number can be registered 10 times in 72 hours.");
        }
        before.add(now);
    }

    private static String pin(BusinessCall call) {
        if (!call.text("pin").matches("[0-9]{6}")) {
            throw GraphException.invalid("Param pin must be six digits.");
        }
        return call.text("pin");
    }

    private ObjectNode set(BusinessCall call) {
        List<String> given = new ArrayList<>();
        call.given().fieldNames().forEachRemaining(given::add);
        if (given.size() != 1 || !SETTINGS.contains(given.getFirst())) {
            throw GraphException.invalid("Exactly one of " + SETTINGS + " must be given.");
        }
        ObjectNode own = settings.computeIfAbsent(call.node(), _ -> Json.object());
        JsonNode changed = call.given().path(given.getFirst());
        if (given.getFirst().equals("calling") && own.path("calling") instanceof ObjectNode calling) {
            hours(changed);
            calling.setAll((ObjectNode) changed);
        } else {
            hours(changed);
            own.set(given.getFirst(), changed);
        }
        return BusinessCall.success();
    }

    private static void hours(JsonNode calling) {
        JsonNode hours = calling.path("call_hours");
        Map<String, Integer> days = new HashMap<>();
        hours.path("weekly_operating_hours")
                .forEach(each -> days.merge(each.path("day_of_week").asText(), 1, Integer::sum));
        if (days.values().stream().anyMatch(count -> count > 2)
                || hours.path("holiday_schedule").size() > 20) {
            throw GraphException.invalid("call_hours have at most two entries a day and 20 holidays.");
        }
    }

    private ObjectNode components(BusinessCall call) {
        JsonNode prompts = call.tree("prompts");
        JsonNode commands = call.tree("commands");
        if (prompts.size() > 4 || commands.size() > 30) {
            throw GraphException.invalid("There are at most 4 prompts and 30 commands.");
        }
        ObjectNode own = of(call.node()).path("conversational_automation") instanceof ObjectNode there
                ? there
                : of(call.node()).putObject("conversational_automation");
        own.put("id", call.node());
        if (prompts.isArray()) {
            own.set("prompts", prompts);
        }
        if (commands.isArray()) {
            own.set("commands", commands);
        }
        if (call.has("enable_welcome_message")) {
            own.put(
                    "enable_welcome_message",
                    call.text("enable_welcome_message").equals("true"));
        }
        return BusinessCall.success();
    }
}
