package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lull.standins.http.Json;

/// Catalogs, commerce settings and payments.
final class ShopBook {
    private final Map<String, Map<String, ObjectNode>> catalogs = new HashMap<>();
    private final Map<String, String> connected = new HashMap<>();
    private final Map<String, ObjectNode> settings = new HashMap<>();
    private final Map<String, ObjectNode> configurations = new LinkedHashMap<>();
    private final Map<String, Long> refunded = new HashMap<>();
    private final Set<String> handles = ConcurrentHashMap.newKeySet();
    private long last = 800_000_000_000_000L;

    void register(BusinessEdges edges) {
        edges.on("GET", "whatsapp_commerce_settings", BusinessEdges.MANAGEMENT, call -> {
            ObjectNode answer = Json.object();
            answer.putArray("data").add(commerce(call.node()));
            return answer;
        });
        edges.on("POST", "whatsapp_commerce_settings", BusinessEdges.MANAGEMENT, call -> {
            for (String name : List.of("is_cart_enabled", "is_catalog_visible")) {
                if (call.has(name)) {
                    commerce(call.node())
                            .put(name, call.word(name, "true", "false").equals("true"));
                }
            }
            return BusinessCall.success();
        });
        edges.on(
                "GET",
                "product_catalogs",
                BusinessEdges.CATALOGS,
                call -> call.page(
                        connected.containsKey(call.node())
                                ? List.of(Json.object()
                                        .put("id", connected.get(call.node()))
                                        .put("name", "Catalog"))
                                : List.of()));
        edges.on("POST", "product_catalogs", BusinessEdges.CATALOGS, call -> {
            String catalog = call.required("catalog_id", 64);
            if (!connected.getOrDefault(call.node(), catalog).equals(catalog)) {
                throw GraphException.invalid("The account already has a catalog.");
            }
            connected.put(call.node(), catalog);
            return BusinessCall.success();
        });
        edges.on("POST", "owned_product_catalogs", BusinessEdges.CATALOGS, call -> {
            call.required("name", 200);
            String id = Long.toString(++last);
            catalogs.put(id, new LinkedHashMap<>());
            return Json.object().put("id", id);
        });
        edges.on("POST", "items_batch", BusinessEdges.CATALOGS, this::batch);
        edges.on("GET", "check_batch_request_status", BusinessEdges.CATALOGS, call -> {
            if (!handles.contains(call.required("handle", 200))) {
                throw GraphException.invalid("The handle is unknown.");
            }
            return call.page(
                    List.of(Json.object().put("handle", call.text("handle")).put("status", "finished")));
        });
        edges.on(
                "GET",
                "products",
                BusinessEdges.CATALOGS,
                call -> call.page(products(call.node()).values().stream()
                        .map(each -> call.fields(each, "name", "retailer_id"))
                        .toList()));
        edges.on("GET", "payment_configurations", BusinessEdges.MANAGEMENT, call -> {
            ObjectNode answer = Json.object();
            ArrayNode all = answer.putArray("data").addObject().putArray("payment_configurations");
            configurations.values().forEach(all::add);
            return answer;
        });
        edges.on(
                "GET",
                "payment_configuration/*",
                BusinessEdges.MANAGEMENT,
                call -> require(call.edge().getLast()));
        edges.on("POST", "payment_configuration", BusinessEdges.MANAGEMENT, call -> {
            String name = call.required("configuration_name", 60);
            if (configurations.containsKey(name)) {
                throw GraphException.invalid("There is already a configuration of this name.");
            }
            configurations.put(
                    name,
                    Json.object()
                            .put("configuration_name", name)
                            .put("provider_name", call.required("provider_name", 60))
                            .put("status", "Needs Connecting"));
            return BusinessCall.success();
        });
        edges.on("DELETE", "payment_configuration", BusinessEdges.MANAGEMENT, call -> {
            require(call.required("configuration_name", 60));
            configurations.remove(call.text("configuration_name"));
            return BusinessCall.success();
        });
        edges.on("POST", "generate_payment_configuration_oauth_link", BusinessEdges.MANAGEMENT, call -> {
            require(call.required("configuration_name", 60));
            return Json.object().put("oauth_url", "https://auth.example/" + call.text("configuration_name"));
        });
        edges.on("GET", "payments/*/*", BusinessEdges.MESSAGING, call -> {
            ObjectNode answer = Json.object();
            ObjectNode payment = answer.putArray("payments").addObject();
            payment.put("reference_id", call.edge().getLast())
                    .put("status", "captured")
                    .put("currency", "INR");
            payment.putArray("transactions").addObject().put("id", "t1").put("status", "success");
            return answer;
        });
        edges.on("POST", "payments_refund", BusinessEdges.MESSAGING, call -> {
            String order = call.required("reference_id", 35);
            long value = call.given().at("/amount/value").asLong();
            // Every order of the stand-in was paid with 1,000.00.
            if (value <= 0 || refunded.merge(order, value, Long::sum) > 100_000) {
                throw GraphException.invalid("More than the payment cannot be refunded.");
            }
            return Json.object()
                    .put("id", "refund-" + order)
                    .put("status", "completed")
                    .put("speed_processed", "normal");
        });
    }

    private ObjectNode commerce(String number) {
        return settings.computeIfAbsent(
                number,
                id -> Json.object()
                        .put("id", id)
                        .put("is_catalog_visible", false)
                        .put("is_cart_enabled", true));
    }

    private ObjectNode require(String name) {
        ObjectNode configuration = configurations.get(name);
        if (configuration == null) {
            throw GraphException.invalid("There is no configuration of this name.");
        }
        return configuration;
    }

    private Map<String, ObjectNode> products(String catalog) {
        return catalogs.computeIfAbsent(catalog, _ -> new LinkedHashMap<>());
    }

    private ObjectNode batch(BusinessCall call) {
        for (ObjectNode request : call.objects("requests", 1, 5_000)) {
            String id = request.at("/data/id").asText("");
            if (id.isEmpty()) {
                throw GraphException.invalid("A product needs an id.");
            }
            if (request.path("method").asText().equals("DELETE")) {
                products(call.node()).remove(id);
            } else {
                products(call.node())
                        .put(
                                id,
                                Json.object()
                                        .put("id", id)
                                        .put("retailer_id", id)
                                        .put("name", request.at("/data/title").asText(""))
                                        .put("price", request.at("/data/price").asText(""))
                                        .put(
                                                "availability",
                                                request.at("/data/availability").asText("")));
            }
        }
        String handle = "handle-" + ++last;
        handles.add(handle);
        ObjectNode answer = Json.object();
        answer.putArray("handles").add(handle);
        return answer;
    }
}
