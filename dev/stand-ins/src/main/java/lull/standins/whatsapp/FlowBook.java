package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.contract.json.UnreadableJson;
import lull.standins.http.Json;

/// Flows of accounts, with their states.
final class FlowBook implements BusinessEdges.Nodes {
    private static final Set<String> CATEGORIES = Set.of(
            "SIGN_UP",
            "SIGN_IN",
            "APPOINTMENT_BOOKING",
            "LEAD_GENERATION",
            "SHOPPING",
            "CONTACT_US",
            "CUSTOMER_SUPPORT",
            "SURVEY",
            "OTHER");

    private record Flow(String account, ObjectNode json) {}

    private final Map<String, Flow> flows = new LinkedHashMap<>();
    private final NumberBook numbers;
    private long last = 400_000_000_000_000L;

    FlowBook(NumberBook numbers) {
        this.numbers = numbers;
    }

    void register(BusinessEdges edges) {
        edges.add(this);
        edges.on(
                "GET",
                "flows",
                BusinessEdges.MANAGEMENT,
                call -> call.page(flows.values().stream()
                        .filter(each -> each.account().equals(call.node()))
                        .map(each -> call.fields(each.json(), "name", "status", "categories", "validation_errors"))
                        .toList()));
        edges.on("POST", "flows", BusinessEdges.MANAGEMENT, this::create);
        edges.on("POST", "assets", BusinessEdges.MANAGEMENT, this::upload);
        edges.on("GET", "assets", BusinessEdges.MANAGEMENT, call -> {
            require(call.node());
            return call.page(List.of(Json.object()
                    .put("name", "flow.json")
                    .put("asset_type", "FLOW_JSON")
                    .put("download_url", "https://mmg.whatsapp.net/flow.json")));
        });
        edges.on("POST", "publish", BusinessEdges.MANAGEMENT, this::publish);
        edges.on("POST", "deprecate", BusinessEdges.MANAGEMENT, call -> {
            ObjectNode flow = require(call.node()).json();
            if (!flow.path("status").asText().equals("PUBLISHED")) {
                throw GraphException.of(
                        139003, "Flow cannot be deprecated", "Only a published flow can be deprecated.");
            }
            flow.put("status", "DEPRECATED");
            return BusinessCall.success();
        });
        edges.on("POST", "migrate_flows", BusinessEdges.MANAGEMENT, this::migrate);
    }

    @Override
    public boolean has(String id) {
        return flows.containsKey(id);
    }

    @Override
    public ObjectNode answer(BusinessCall call) {
        ObjectNode flow = require(call.node()).json();
        return switch (call.method()) {
            case "GET" -> read(call, flow);
            case "POST" -> {
                requireDraft(flow, 139001);
                call.optional("name", 200).ifPresent(name -> flow.put("name", name));
                call.optional("endpoint_uri", 2_000).ifPresent(uri -> flow.put("endpoint_uri", uri));
                if (call.tree("categories").isArray()) {
                    flow.set("categories", categories(call));
                }
                yield BusinessCall.success();
            }
            default -> {
                requireDraft(flow, 139004);
                flows.remove(call.node());
                yield BusinessCall.success();
            }
        };
    }

    private static ObjectNode read(BusinessCall call, ObjectNode flow) {
        ObjectNode shown = flow.deepCopy();
        shown.putObject("preview").put("preview_url", "https://business.facebook.com/wa/manage/flows/preview");
        shown.putObject("metric").put("name", "ENDPOINT_AVAILABILITY").putArray("data_points");
        return call.fields(shown, "name", "status", "categories", "validation_errors");
    }

    private Flow require(String id) {
        Flow flow = flows.get(id);
        if (flow == null) {
            throw GraphException.noSuchObject(id);
        }
        return flow;
    }

    private static void requireDraft(ObjectNode flow, int code) {
        if (!flow.path("status").asText().equals("DRAFT")) {
            throw GraphException.of(code, "Flow is not a draft", "Only a flow in DRAFT can be changed or deleted.");
        }
    }

    private static JsonNode categories(BusinessCall call) {
        JsonNode categories = call.tree("categories");
        if (!categories.isArray() || categories.isEmpty()) {
            throw GraphException.missing("The parameter categories is required.");
        }
        categories.forEach(each -> {
            if (!CATEGORIES.contains(each.asText())) {
                throw GraphException.invalid("Param categories must be of " + CATEGORIES + ".");
            }
        });
        return categories;
    }

    private ObjectNode create(BusinessCall call) {
        String name = call.required("name", 200);
        if (flows.values().stream()
                .anyMatch(each -> each.account().equals(call.node())
                        && each.json().path("name").asText().equals(name))) {
            throw GraphException.detailed(4016019, "There is already a flow of this name.");
        }
        if (call.has("clone_flow_id")) {
            require(call.text("clone_flow_id"));
        }
        String id = Long.toString(++last);
        ObjectNode flow = Json.object().put("id", id).put("name", name).put("status", "DRAFT");
        flow.set("categories", categories(call));
        call.optional("endpoint_uri", 2_000).ifPresent(uri -> flow.put("endpoint_uri", uri));
        ArrayNode errors = flow.putArray("validation_errors");
        if (call.has("flow_json")) {
            validate(call.text("flow_json"), errors);
        }
        flows.put(id, new Flow(call.node(), flow));
        if (call.given().path("publish").asBoolean(false)) {
            publish(flow, call.node());
        }
        ObjectNode answer = Json.object().put("id", id).put("success", true);
        return answer.set("validation_errors", errors);
    }

    private ObjectNode upload(BusinessCall call) {
        ObjectNode flow = require(call.node()).json();
        requireDraft(flow, 139001);
        call.word("asset_type", "FLOW_JSON");
        byte[] file = call.files().get("file");
        if (file == null) {
            throw GraphException.missing("The parameter file is required.");
        }
        ArrayNode errors = flow.putArray("validation_errors");
        validate(new String(file, StandardCharsets.UTF_8), errors);
        // Errors come with success, as at Meta.
        return BusinessCall.success().set("validation_errors", errors);
    }

    private static void validate(String json, ArrayNode errors) {
        boolean isFlow;
        try {
            isFlow = lull.contract.json.Json.tree(json).hasNonNull("version");
        } catch (UnreadableJson e) {
            isFlow = false;
        }
        if (!isFlow) {
            errors.addObject()
                    .put("error", "INVALID_PROPERTY_VALUE")
                    .put("error_type", "FLOW_JSON_ERROR")
                    .put("message", "The JSON has no version.")
                    .put("line_start", 1);
        }
    }

    private ObjectNode publish(BusinessCall call) {
        Flow flow = require(call.node());
        publish(flow.json(), flow.account());
        return BusinessCall.success();
    }

    private void publish(ObjectNode flow, String account) {
        requireDraft(flow, 139002);
        if (!flow.path("validation_errors").isEmpty()) {
            throw GraphException.of(139002, "Flow cannot be published", "The flow has validation errors.");
        }
        if (flow.has("endpoint_uri") && !numbers.hasKey(account)) {
            throw GraphException.of(139002, "Flow cannot be published", "A flow with an endpoint needs a public key.");
        }
        flow.put("status", "PUBLISHED");
    }

    private ObjectNode migrate(BusinessCall call) {
        ObjectNode answer = Json.object();
        ArrayNode migrated = answer.putArray("migrated_flows");
        ArrayNode failed = answer.putArray("failed_flows");
        String source = call.required("source_waba_id", 64);
        call.tree("source_flow_names").forEach(name -> {
            boolean isThere = flows.values().stream()
                    .anyMatch(each -> each.account().equals(source)
                            && each.json().path("name").asText().equals(name.asText()));
            (isThere ? migrated : failed).addObject().put("source_name", name.asText());
        });
        return answer;
    }
}
