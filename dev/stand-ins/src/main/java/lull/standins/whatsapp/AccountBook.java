package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.standins.http.Json;

/// Accounts: their fields, subscriptions, welcome sequences, sign-ups and analytics. Ids that begin with 2000 are
/// accounts.
final class AccountBook implements BusinessEdges.Nodes {
    private static final Pattern FIELD = Pattern.compile(
            "(analytics|conversation_analytics|pricing_analytics|call_analytics)\\.start\\((\\d+)\\)\\.end\\((\\d+)\\)\\.granularity\\((\\w+)\\).*");
    private static final Duration YEAR = Duration.ofDays(366);

    private final InstantSource clock;
    private final Map<String, ObjectNode> accounts = new HashMap<>();
    private final Map<String, ObjectNode> subscriptions = new HashMap<>();
    private final Map<String, ObjectNode> sequences = new LinkedHashMap<>();
    private final Map<String, ObjectNode> signups = new LinkedHashMap<>();
    private long last = 600_000_000_000_000L;

    AccountBook(InstantSource clock) {
        this.clock = clock;
    }

    void register(BusinessEdges edges) {
        edges.add(this);
        edges.on("GET", "subscribed_apps", BusinessEdges.MANAGEMENT, call -> {
            ObjectNode answer = Json.object();
            ArrayNode data = answer.putArray("data");
            if (subscriptions.containsKey(call.node())) {
                data.add(subscriptions.get(call.node()));
            }
            return answer;
        });
        edges.on("POST", "subscribed_apps", BusinessEdges.MANAGEMENT, call -> {
            ObjectNode app = Json.object();
            app.putObject("whatsapp_business_api_data")
                    .put("id", "900000000000001")
                    .put("name", "Lull");
            call.optional("override_callback_uri", 200).ifPresent(uri -> {
                call.required("verify_token", 255);
                app.put("override_callback_uri", uri);
            });
            subscriptions.put(call.node(), app);
            return BusinessCall.success();
        });
        edges.on("DELETE", "subscribed_apps", BusinessEdges.MANAGEMENT, call -> {
            subscriptions.remove(call.node());
            return BusinessCall.success();
        });
        edges.on("POST", "subscriptions", BusinessEdges.MANAGEMENT, call -> {
            call.word("object", "whatsapp_business_account");
            call.required("callback_url", 200);
            call.required("verify_token", 255);
            call.required("fields", 4_000);
            return BusinessCall.success();
        });
        edges.on(
                "GET",
                "welcome_message_sequences",
                BusinessEdges.MANAGEMENT,
                call -> call.page(List.copyOf(sequences.values())));
        edges.on("POST", "welcome_message_sequences", BusinessEdges.MANAGEMENT, this::saveSequence);
        edges.on("DELETE", "welcome_message_sequences", BusinessEdges.MANAGEMENT, call -> {
            if (sequences.remove(call.required("sequence_id", 64)) == null) {
                throw GraphException.noSuchObject(call.text("sequence_id"));
            }
            return BusinessCall.success();
        });
        edges.on("GET", "signups", BusinessEdges.MANAGEMENT, call -> call.page(List.copyOf(signups.values())));
        edges.on("POST", "signups", BusinessEdges.MANAGEMENT, call -> {
            ObjectNode signup = Json.object().put("id", Long.toString(++last));
            for (String name : List.of("signup_message", "confirmation_message", "privacy_policy_url")) {
                signup.put(name, call.required(name, 2_000));
            }
            signups.put(signup.path("id").asText(), signup);
            return Json.object().put("id", signup.path("id").asText());
        });
        for (String edge : List.of("template_analytics", "template_group_analytics", "group_analytics")) {
            edges.on("GET", edge, BusinessEdges.MANAGEMENT, this::edgeAnalytics);
        }
    }

    /// Whether marketing templates are off for the usual API.
    boolean isMarketingOff() {
        return accounts.values().stream()
                .anyMatch(each ->
                        each.path("disable_marketing_messages_on_cloud_api").asBoolean(false));
    }

    @Override
    public boolean has(String id) {
        return id.matches("2000[0-9]{11}");
    }

    @Override
    public ObjectNode answer(BusinessCall call) {
        return switch (call.method()) {
            case "GET" -> read(call);
            case "POST" -> change(call);
            default -> throw GraphException.invalid("An account cannot be deleted.");
        };
    }

    private ObjectNode of(String id) {
        return accounts.computeIfAbsent(id, _ -> {
            ObjectNode account = Json.object()
                    .put("id", id)
                    .put("name", "Lull")
                    .put("currency", "EUR")
                    .put("timezone_id", "57")
                    .put("country", "DE")
                    .put("status", "ACTIVE")
                    .put("business_verification_status", "verified")
                    .put("account_review_status", "APPROVED")
                    .put("ownership_type", "SELF")
                    .put("is_enabled_for_insights", false)
                    .put("marketing_messages_onboarding_status", "ONBOARDED")
                    .put("primary_business_location", "DE");
            account.set("health_status", NumberBook.health("WABA", id));
            return account;
        });
    }

    private ObjectNode read(BusinessCall call) {
        Matcher field = FIELD.matcher(call.text("fields"));
        return field.matches()
                ? analytics(call, field)
                : call.fields(of(call.node()), "name", "currency", "timezone_id");
    }

    private ObjectNode analytics(BusinessCall call, Matcher field) {
        String name = field.group(1);
        // The names of the granularities differ.
        List<String> words = name.equals("analytics")
                ? List.of("HALF_HOUR", "DAY", "MONTH")
                : List.of("HALF_HOUR", "DAILY", "MONTHLY");
        if (!words.contains(field.group(4))) {
            throw GraphException.invalid("granularity of %s must be one of %s.".formatted(name, words));
        }
        long start = Long.parseLong(field.group(2));
        requireWithin(start, YEAR);
        ObjectNode point = Json.object().put("start", start).put("end", Long.parseLong(field.group(3)));
        ObjectNode answer = Json.object();
        ObjectNode body = answer.putObject(name);
        if (name.equals("analytics")) {
            body.put("granularity", field.group(4))
                    .putArray("data_points")
                    .add(point.put("sent", 7).put("delivered", 6));
        } else {
            body.putArray("data")
                    .addObject()
                    .putArray("data_points")
                    .add(point.put("volume", 7).put("cost", 0.5));
        }
        return answer.put("id", call.node());
    }

    private ObjectNode edgeAnalytics(BusinessCall call) {
        String edge = call.edge().getFirst();
        if (!edge.equals("group_analytics")
                && !of(call.node()).path("is_enabled_for_insights").asBoolean()) {
            throw GraphException.of(200005, "Insights are not enabled", "Enable insights for the account first.");
        }
        call.word("granularity", "DAILY");
        requireWithin(Long.parseLong(call.required("start", 12)), Duration.ofDays(91));
        String ids = switch (edge) {
            case "template_analytics" -> "template_ids";
            case "template_group_analytics" -> "template_group_ids";
            default -> "group_ids";
        };
        int most = edge.equals("group_analytics") ? 1 : 10;
        if (call.tree(ids).isEmpty() || call.tree(ids).size() > most) {
            throw GraphException.invalid("Param %s must have 1 to %d ids.".formatted(ids, most));
        }
        List<ObjectNode> points = new ArrayList<>();
        call.tree(ids)
                .forEach(id ->
                        points.add(Json.object().put("template_id", id.asText()).put("sent", 7)));
        return call.page(points);
    }

    private void requireWithin(long start, Duration most) {
        if (Instant.ofEpochSecond(start).isBefore(clock.instant().minus(most))) {
            throw GraphException.invalid("start is too long ago.");
        }
    }

    private ObjectNode change(BusinessCall call) {
        ObjectNode account = of(call.node());
        boolean isKnown = false;
        for (String flag : List.of("is_enabled_for_insights", "disable_marketing_messages_on_cloud_api")) {
            if (call.has(flag)) {
                account.put(flag, call.given().path(flag).asBoolean());
                isKnown = true;
            }
        }
        if (!isKnown) {
            throw GraphException.invalid("There is nothing to change.");
        }
        return call.has("is_enabled_for_insights") ? Json.object().put("id", call.node()) : BusinessCall.success();
    }

    private ObjectNode saveSequence(BusinessCall call) {
        String given = call.text("sequence_id");
        if (!given.isEmpty() && !sequences.containsKey(given)) {
            throw GraphException.noSuchObject(given);
        }
        JsonNode message = call.tree("welcome_message_sequence");
        if (message.path("text").asText("").isEmpty()) {
            throw GraphException.invalid("A welcome message needs a text.");
        }
        String id = given.isEmpty() ? Long.toString(++last) : given;
        ObjectNode sequence = Json.object()
                .put("sequence_id", id)
                .put("name", call.required("name", 200))
                .put("is_used_in_ad", false);
        sequence.set("welcome_message_sequence", message);
        sequences.put(id, sequence);
        return Json.object().put("sequence_id", id);
    }
}
