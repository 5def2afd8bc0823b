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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lull.standins.http.Json;

/// Message templates of accounts: their review, quotas and what happens to them.
final class TemplateBook implements BusinessEdges.Nodes {
    private static final int MOST_AN_HOUR = 100;
    private static final int MOST = 250;
    private static final Duration LOCKED = Duration.ofDays(30);
    private static final Pattern ADJACENT = Pattern.compile("\\{\\{[^}]*}}\\s*\\{\\{");
    private static final Set<String> EDITABLE = Set.of("APPROVED", "REJECTED", "PAUSED");

    private record Template(String account, ObjectNode json, List<Instant> edits) {}

    private final InstantSource clock;
    private final UploadBook uploads;
    private final LifecycleWebhooks webhooks;
    private final Map<String, Template> templates = new LinkedHashMap<>();
    private final Map<String, Instant> lockedNames = new HashMap<>();
    private final Map<String, List<Instant>> creations = new HashMap<>();
    private String outcome = "APPROVED";
    private long last = 300_000_000_000_000L;

    TemplateBook(InstantSource clock, UploadBook uploads, LifecycleWebhooks webhooks) {
        this.clock = clock;
        this.webhooks = webhooks;
        this.uploads = uploads;
    }

    void register(BusinessEdges edges) {
        edges.add(this);
        edges.on("GET", "message_templates", BusinessEdges.MANAGEMENT, this::list);
        edges.on("POST", "message_templates", BusinessEdges.MANAGEMENT, this::create);
        edges.on("DELETE", "message_templates", BusinessEdges.MANAGEMENT, this::delete);
        edges.on("POST", "message_templates/*", BusinessEdges.MANAGEMENT, this::archive);
        edges.on("POST", "unpause", BusinessEdges.MANAGEMENT, this::unpause);
        edges.on("GET", "compare", BusinessEdges.MANAGEMENT, this::compare);
        edges.on("POST", "migrate_message_templates", BusinessEdges.MANAGEMENT, this::migrate);
        edges.on("POST", "upsert_message_templates", BusinessEdges.MANAGEMENT, this::upsert);
    }

    /// The outcome of the reviews from now on, such as `APPROVED`, `REJECTED` or `PENDING`.
    void reviewAs(String word) {
        outcome = word;
    }

    /// Gives all templates of a name another status.
    void setStatus(String name, String status) {
        templates.values().stream()
                .filter(each -> each.json().path("name").asText().equals(name))
                .forEach(each -> become(each, status));
    }

    private void become(Template template, String status) {
        template.json().put("status", status);
        webhooks.templateStatus(template.account(), template.json());
    }

    /// The template of a name and a language that a message needs; empty if nobody has created it.
    Optional<ObjectNode> find(String name, String language) {
        return templates.values().stream()
                .map(Template::json)
                .filter(each -> each.path("name").asText().equals(name)
                        && each.path("language").asText().equals(language))
                .findFirst();
    }

    List<ObjectNode> of(String account) {
        return templates.values().stream()
                .filter(each -> each.account().equals(account))
                .map(Template::json)
                .toList();
    }

    @Override
    public boolean has(String id) {
        return templates.containsKey(id);
    }

    @Override
    public ObjectNode answer(BusinessCall call) {
        Template template = require(call.node());
        return switch (call.method()) {
            case "GET" ->
                call.fields(
                        template.json(), "name", "status", "category", "language", "components", "parameter_format");
            case "POST" -> edit(call, template);
            default -> throw GraphException.invalid("A template is deleted by its name.");
        };
    }

    private Template require(String id) {
        Template template = templates.get(id);
        if (template == null) {
            throw GraphException.noSuchObject(id);
        }
        return template;
    }

    private ObjectNode list(BusinessCall call) {
        List<ObjectNode> shown = of(call.node()).stream()
                .filter(each -> isWanted(call, each))
                .map(each ->
                        call.fields(each, "name", "parameter_format", "components", "language", "status", "category"))
                .toList();
        return call.page(shown);
    }

    private static boolean isWanted(BusinessCall call, ObjectNode template) {
        for (String name : List.of("status", "category", "language", "name")) {
            if (call.has(name) && !call.text(name).equals(template.path(name).asText())) {
                return false;
            }
        }
        return !template.path("status").asText().equals("ARCHIVED")
                || call.text("status").equals("ARCHIVED");
    }

    private ObjectNode create(BusinessCall call) {
        String name = call.required("name", 512);
        if (!name.matches("[a-z0-9_]+")) {
            throw GraphException.invalid("Param name must be lower-case letters, digits and _.");
        }
        String language = call.required("language", 10);
        String category = call.word("category", "MARKETING", "UTILITY", "AUTHENTICATION");
        requireRoom(call.node(), name, language);
        boolean isFromLibrary = call.has("library_template_name");
        JsonNode components = isFromLibrary ? Json.array() : call.tree("components");
        String rejected = isFromLibrary ? "" : TemplateForm.check(components, uploads);
        String status = isFromLibrary ? "APPROVED" : rejected.isEmpty() ? outcome : "REJECTED";
        ObjectNode template = Json.object()
                .put("id", Long.toString(++last))
                .put("name", name)
                .put("language", language)
                .put("status", status)
                .put("category", category)
                .put("parameter_format", call.text("parameter_format").equals("named") ? "NAMED" : "POSITIONAL");
        template.set("components", components);
        template.putObject("quality_score").put("score", "UNKNOWN");
        template.put("rejected_reason", status.equals("REJECTED") ? "INVALID_FORMAT" : "NONE");
        template.putObject("health_status")
                .put("can_send_message", status.equals("APPROVED") ? "AVAILABLE" : "BLOCKED");
        if (isFromLibrary) {
            template.put("library_template_name", call.text("library_template_name"));
        }
        templates.put(template.path("id").asText(), new Template(call.node(), template, new ArrayList<>()));
        webhooks.templateStatus(call.node(), template);
        creations.computeIfAbsent(call.node(), _ -> new ArrayList<>()).add(clock.instant());
        return Json.object()
                .put("id", template.path("id").asText())
                .put("status", status)
                .put("category", category);
    }

    private void requireRoom(String account, String name, String language) {
        Instant now = clock.instant();
        List<Instant> ofAccount = creations.computeIfAbsent(account, _ -> new ArrayList<>());
        ofAccount.removeIf(at -> at.isBefore(now.minus(Duration.ofHours(1))));
        if (ofAccount.size() >= MOST_AN_HOUR) {
            throw GraphException.of(80008, "Rate limit", "At most 100 templates can be created in an hour.");
        }
        if (of(account).size() >= MOST) {
            throw GraphException.detailed(2388019, "The account has as many templates as it can have.");
        }
        Instant until = lockedNames.get(account + "/" + name);
        if (until != null && now.isBefore(until)) {
            throw GraphException.detailed(2388023, "A template of this name was deleted in the last 30 days.");
        }
        if (of(account).stream()
                .anyMatch(each -> each.path("name").asText().equals(name)
                        && each.path("language").asText().equals(language))) {
            throw GraphException.detailed(2388024, "There is already a template of this name in this language.");
        }
    }

    private ObjectNode edit(BusinessCall call, Template template) {
        ObjectNode json = template.json();
        String status = json.path("status").asText();
        if (json.path("source").asText().equals("AUTO_GENERATED")) {
            throw GraphException.detailed(2388318, "A generated template cannot be edited.");
        }
        if (!EDITABLE.contains(status)) {
            throw GraphException.invalid("A template with status %s cannot be edited.".formatted(status));
        }
        Instant now = clock.instant();
        if (status.equals("APPROVED")) {
            if (call.has("category")
                    && !call.text("category").equals(json.path("category").asText())) {
                throw GraphException.invalid("The category of an approved template cannot be changed.");
            }
            template.edits().removeIf(at -> at.isBefore(now.minus(LOCKED)));
            boolean isToday = template.edits().stream().anyMatch(at -> at.isAfter(now.minus(Duration.ofDays(1))));
            if (isToday || template.edits().size() >= 10) {
                throw GraphException.detailed(2593079, "An approved template can be edited once in 24 hours.");
            }
            template.edits().add(now);
        }
        if (call.has("category")) {
            json.put("category", call.word("category", "MARKETING", "UTILITY", "AUTHENTICATION"));
        }
        String rejected = "";
        if (!call.tree("components").isMissingNode()) {
            rejected = TemplateForm.check(call.tree("components"), uploads);
            json.set("components", call.tree("components"));
        }
        become(template, rejected.isEmpty() ? outcome : "REJECTED");
        return BusinessCall.success();
    }

    private ObjectNode delete(BusinessCall call) {
        String name = call.required("name", 512);
        List<ObjectNode> found = of(call.node()).stream()
                .filter(each -> each.path("name").asText().equals(name)
                        && (!call.has("hsm_id") || each.path("id").asText().equals(call.text("hsm_id"))))
                .toList();
        if (found.isEmpty()) {
            throw GraphException.detailed(2593002, "There is no template of this name.");
        }
        if (found.stream().anyMatch(each -> each.path("status").asText().equals("DISABLED"))) {
            throw GraphException.invalid("A disabled template cannot be deleted.");
        }
        if (found.stream().anyMatch(each -> each.path("source").asText().equals("AUTO_GENERATED"))) {
            throw GraphException.detailed(2388330, "A generated template cannot be deleted.");
        }
        found.forEach(each -> templates.remove(each.path("id").asText()));
        lockedNames.put(call.node() + "/" + name, clock.instant().plus(LOCKED));
        return BusinessCall.success();
    }

    private ObjectNode archive(BusinessCall call) {
        String status = switch (call.edge().getLast()) {
            case "archive" -> "ARCHIVED";
            case "unarchive" -> "APPROVED";
            default ->
                throw GraphException.unknownPath(
                        "/message_templates/" + call.edge().getLast());
        };
        ObjectNode answer = Json.object();
        ArrayNode done = answer.putArray(status.equals("ARCHIVED") ? "archived_templates" : "unarchived_templates");
        ArrayNode failed = answer.putArray("failed_templates");
        for (String id : call.required("hsm_ids", 10_000).split(",", -1)) {
            if (templates.containsKey(id) && require(id).account().equals(call.node())) {
                require(id).json().put("status", status);
                done.add(id);
            } else {
                failed.addObject().put("id", id).put("reason", "NOT_FOUND");
            }
        }
        return answer;
    }

    private ObjectNode unpause(BusinessCall call) {
        ObjectNode json = require(call.node()).json();
        if (!json.path("status").asText().equals("PAUSED")) {
            return Json.object().put("success", false).put("reason", "The template is not paused.");
        }
        become(require(call.node()), "APPROVED");
        return BusinessCall.success();
    }

    private ObjectNode compare(BusinessCall call) {
        require(call.node());
        JsonNode others = call.tree("template_ids");
        if (others.size() != 1 || !templates.containsKey(others.path(0).asText())) {
            throw GraphException.invalid("Param template_ids must have one other template of the account.");
        }
        long days = (Long.parseLong(call.text("end")) - Long.parseLong(call.text("start"))) / 86_400;
        if (!List.of(7L, 30L, 60L, 90L).contains(days)) {
            throw GraphException.invalid("The window must be 7, 30, 60 or 90 days.");
        }
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        for (String metric : List.of("BLOCK_RATE", "MESSAGE_SENDS", "TOP_BLOCK_REASON")) {
            data.addObject().put("metric", metric).put("type", "RELATIVE");
        }
        return answer;
    }

    private ObjectNode migrate(BusinessCall call) {
        String source = call.required("source_waba_id", 64);
        ObjectNode answer = Json.object();
        ArrayNode migrated = answer.putArray("migrated_templates");
        answer.putObject("failed_templates");
        for (ObjectNode each : of(source)) {
            boolean isNew = find(call.node(), each).isEmpty();
            if (each.path("status").asText().equals("APPROVED") && isNew) {
                ObjectNode copy = each.deepCopy().put("id", Long.toString(++last));
                templates.put(copy.path("id").asText(), new Template(call.node(), copy, new ArrayList<>()));
                migrated.add(copy.path("id").asText());
            }
        }
        return answer;
    }

    private Optional<ObjectNode> find(String account, ObjectNode like) {
        return of(account).stream()
                .filter(each -> each.path("name").equals(like.path("name"))
                        && each.path("language").equals(like.path("language")))
                .findFirst();
    }

    private ObjectNode upsert(BusinessCall call) {
        String name = call.required("name", 512);
        call.word("category", "AUTHENTICATION");
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        call.tree("languages").forEach(language -> {
            Optional<ObjectNode> known = of(call.node()).stream()
                    .filter(each -> each.path("name").asText().equals(name)
                            && each.path("language").asText().equals(language.asText()))
                    .findFirst();
            ObjectNode template = known.orElseGet(() -> Json.object().put("id", Long.toString(++last)));
            template.put("name", name)
                    .put("language", language.asText())
                    .put("category", "AUTHENTICATION")
                    .put("status", outcome);
            template.set("components", call.tree("components"));
            templates.put(template.path("id").asText(), new Template(call.node(), template, new ArrayList<>()));
            data.addObject()
                    .put("id", template.path("id").asText())
                    .put("language", language.asText())
                    .put("status", outcome);
        });
        return answer;
    }

    /// Checks of the components of a template.
    private static final class TemplateForm {
        private static final Pattern VARIABLE = Pattern.compile("\\{\\{[^}]+}}");

        /// Returns why the review rejects it; empty if it does not.
        static String check(JsonNode components, UploadBook uploads) {
            if (!components.isArray() || components.isEmpty()) {
                throw GraphException.missing("The parameter components is required.");
            }
            String rejected = "";
            boolean hasBody = false;
            for (JsonNode component : components) {
                String text = component.path("text").asText("");
                switch (component.path("type").asText("").toUpperCase(Locale.ROOT)) {
                    case "HEADER" -> header(component, text, uploads);
                    case "BODY" -> {
                        hasBody = true;
                        rejected = body(component, text);
                    }
                    case "FOOTER" -> bounded(text, 60, 2388073);
                    case "BUTTONS" -> {
                        if (component.path("buttons").isEmpty()
                                || component.path("buttons").size() > 10) {
                            throw GraphException.invalid("A template has 1 to 10 buttons.");
                        }
                    }
                    case "CAROUSEL" -> {
                        if (component.path("cards").isEmpty()
                                || component.path("cards").size() > 10) {
                            throw GraphException.invalid("A carousel has 1 to 10 cards.");
                        }
                    }
                    case "LIMITED_TIME_OFFER" ->
                        bounded(
                                component
                                        .path("limited_time_offer")
                                        .path("text")
                                        .asText(""),
                                16,
                                2388040);
                    default -> throw GraphException.invalid("Param type of a component is not valid.");
                }
            }
            if (!hasBody) {
                throw GraphException.detailed(2388072, "A template needs a body.");
            }
            return rejected;
        }

        private static void header(JsonNode component, String text, UploadBook uploads) {
            if (component.path("format").asText("").equalsIgnoreCase("TEXT")) {
                bounded(text, 60, 2388047);
                if (VARIABLE.matcher(text).find() && !component.path("example").has("header_text")) {
                    throw GraphException.detailed(2388043, "A header with a variable needs an example.");
                }
            } else if (!component.path("format").asText("").equalsIgnoreCase("LOCATION")) {
                uploads.require(component.at("/example/header_handle/0").asText(""));
            }
        }

        private static String body(JsonNode component, String text) {
            bounded(text, 1_024, 2388040);
            long variables = VARIABLE.matcher(text).results().count();
            if (variables > 0) {
                if (!component.path("example").has("body_text")
                        && !component.path("example").has("body_text_named_params")) {
                    throw GraphException.detailed(2388043, "A body with variables needs an example.");
                }
                if (text.strip().startsWith("{{") || text.strip().endsWith("}}")) {
                    throw GraphException.detailed(2388299, "A body must not begin or end with a variable.");
                }
                if (text.split("\\s+").length < 2 * variables + 1) {
                    throw GraphException.detailed(2388293, "The body has too many variables for its words.");
                }
            }
            return ADJACENT.matcher(text).find() ? "INVALID_FORMAT" : "";
        }

        private static void bounded(String text, int longest, int subcode) {
            if (text.codePointCount(0, text.length()) > longest) {
                throw GraphException.detailed(subcode, "A text must have at most %d characters.".formatted(longest));
            }
        }
    }
}
