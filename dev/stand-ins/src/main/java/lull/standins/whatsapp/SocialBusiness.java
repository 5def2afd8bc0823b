package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import lull.contract.json.UnreadableJson;
import lull.standins.http.Json;

/// The part of AWS End User Messaging Social that manages accounts and templates, in front of the same
/// state as the Graph API. An account's id there is `waba-` and Meta's id, or an ARN that ends with it.
/// WhatsApp's own error codes are not reported, and operations that AWS does not have are absent.
final class SocialBusiness {
    private static final String ACCOUNT = "(?:arn:.*/|waba-)0*([0-9]+)";
    private static final int LONGEST_DEFINITION = 6_000;
    private static final int LONGEST_COMPONENTS = 3_000;
    private static final int VERSION = 24;

    private final Function<BusinessCall, ObjectNode> business;
    private final MediaShelf media;
    private final RequestLog requests;
    private final Set<String> linked = new TreeSet<>(Set.of("waba-200000000000001"));
    private final Map<String, ObjectNode> destinations = new HashMap<>();
    private final Map<String, Map<String, String>> tags = new HashMap<>();

    /// A request that AWS refuses, with its word for the reason.
    private static final class Refused extends RuntimeException {
        private final int status;

        Refused(int status, String word) {
            super(word);
            this.status = status;
        }
    }

    SocialBusiness(Function<BusinessCall, ObjectNode> business, MediaShelf media, RequestLog requests) {
        this.business = business;
        this.media = media;
        this.requests = requests;
    }

    void register(RoutesConfig routes) {
        routes.get("/v1/whatsapp/template/list", context -> answer(context, this::listTemplates));
        routes.post("/v1/whatsapp/template/put", context -> answer(context, this::createTemplate));
        routes.post("/v1/whatsapp/template/media", context -> answer(context, this::sample));
        routes.post("/v1/whatsapp/template/library", context -> answer(context, this::library));
        routes.get("/v1/whatsapp/template", context -> answer(context, this::getTemplate));
        routes.post("/v1/whatsapp/template", context -> answer(context, this::updateTemplate));
        routes.delete("/v1/whatsapp/template", context -> answer(context, this::deleteTemplate));
        routes.get(
                "/v1/whatsapp/waba/list",
                context -> answer(context, _ -> {
                    ObjectNode answer = Json.object();
                    ArrayNode accounts = answer.putArray("linkedAccounts");
                    linked.forEach(id -> accounts.add(account(id)));
                    return answer;
                }));
        routes.get(
                "/v1/whatsapp/waba/details",
                context -> answer(context, request -> {
                    ObjectNode answer = Json.object();
                    answer.set("account", account("waba-" + accountId(request)));
                    return answer;
                }));
        routes.get(
                "/v1/whatsapp/waba/phone/details",
                context -> answer(context, request -> {
                    ObjectNode answer = Json.object();
                    answer.putObject("phoneNumber")
                            .put("arn", "arn:aws:social-messaging:us-east-1:123456789012:phone-number-id/1")
                            .put("phoneNumber", WebhookBodies.DISPLAY_NUMBER)
                            .put("phoneNumberId", text(request, "id"))
                            .put("metaPhoneNumberId", "100000000000001")
                            .put("displayPhoneNumberName", "Lull")
                            .put("displayPhoneNumber", WebhookBodies.DISPLAY_NUMBER)
                            .put("qualityRating", "GREEN");
                    return answer.put("linkedWhatsAppBusinessAccountId", "waba-200000000000001");
                }));
        routes.put(
                "/v1/whatsapp/waba/eventdestinations",
                context -> answer(context, request -> {
                    JsonNode given = request.path("eventDestinations");
                    if (given.size() > 1) {
                        throw new Refused(400, "ValidationException");
                    }
                    destinations.put(accountId(request), given.isEmpty() ? Json.object() : (ObjectNode) given.get(0));
                    return Json.object();
                }));
        routes.delete(
                "/v1/whatsapp/waba/disassociate",
                context -> answer(context, request -> {
                    linked.remove("waba-" + accountId(request));
                    return Json.object();
                }));
        routes.get(
                "/v1/tags/list",
                context -> answer(context, request -> {
                    ObjectNode answer = Json.object().put("statusCode", 200);
                    ArrayNode all = answer.putArray("tags");
                    tags.getOrDefault(text(request, "resourceArn"), Map.of())
                            .forEach((key, value) ->
                                    all.addObject().put("key", key).put("value", value));
                    return answer;
                }));
        routes.post(
                "/v1/tags/tag-resource",
                context -> answer(context, request -> {
                    request.path("tags")
                            .forEach(tag -> tags.computeIfAbsent(text(request, "resourceArn"), _ -> new TreeMap<>())
                                    .put(
                                            tag.path("key").asText(),
                                            tag.path("value").asText()));
                    return Json.object().put("statusCode", 200);
                }));
        routes.post(
                "/v1/tags/untag-resource",
                context -> answer(context, request -> {
                    request.path("tagKeys")
                            .forEach(key -> tags.getOrDefault(text(request, "resourceArn"), new TreeMap<>())
                                    .remove(key.asText()));
                    return Json.object().put("statusCode", 200);
                }));
        routes.delete(
                "/v1/whatsapp/media",
                context -> answer(context, request -> {
                    if (!media.remove(text(request, "mediaId"))) {
                        throw new Refused(400, "InvalidParametersException");
                    }
                    return BusinessCall.success();
                }));
    }

    private synchronized void answer(Context context, Function<ObjectNode, ObjectNode> operation) {
        ObjectNode request = Json.object();
        context.queryParamMap().forEach((name, values) -> request.put(name, values.getFirst()));
        Json.read(context.bodyAsBytes()).ifPresent(request::setAll);
        int status = 200;
        ObjectNode body;
        try {
            body = operation.apply(request);
        } catch (Refused refused) {
            status = refused.status;
            context.header("x-amzn-ErrorType", String.valueOf(refused.getMessage()));
            body = Json.object().put("message", "Refused by the stand-in");
        } catch (GraphException refused) {
            status = 400;
            context.header("x-amzn-ErrorType", "InvalidParametersException");
            body = Json.object().put("message", "Refused by the stand-in");
        }
        requests.add(context.method().name(), context.path(), status, request);
        Json.answer(context, status, body);
    }

    private ObjectNode account(String id) {
        ObjectNode account = Json.object()
                .put("arn", "arn:aws:social-messaging:us-east-1:123456789012:waba/" + id.substring("waba-".length()))
                .put("id", id)
                .put("wabaId", id.substring("waba-".length()))
                .put("registrationStatus", "COMPLETE")
                .put("linkDate", 1_767_225_600)
                .put("wabaName", "Lull");
        ObjectNode destination = destinations.get(id.substring("waba-".length()));
        ArrayNode all = account.putArray("eventDestinations");
        if (destination != null && !destination.isEmpty()) {
            all.add(destination);
        }
        account.putArray("phoneNumbers");
        return account;
    }

    private String accountId(ObjectNode request) {
        String id = text(request, "id");
        if (!id.matches(ACCOUNT) || !linked.contains("waba-" + id.replaceFirst(ACCOUNT, "$1"))) {
            throw new Refused(404, "ResourceNotFoundException");
        }
        return id.replaceFirst(ACCOUNT, "$1");
    }

    private ObjectNode call(String method, String node, List<String> edge, ObjectNode given) {
        return business.apply(new BusinessCall(VERSION, method, node, edge, given, Map.of(), new byte[0]));
    }

    private ObjectNode listTemplates(ObjectNode request) {
        ObjectNode given = Json.object().put("limit", request.path("maxResults").asText("100"));
        if (request.hasNonNull("nextToken")) {
            given.put("after", text(request, "nextToken"));
        }
        ObjectNode answer = Json.object();
        ArrayNode all = answer.putArray("templates");
        call("GET", accountId(request), List.of("message_templates"), given)
                .path("data")
                .forEach(each -> all.addObject()
                        .put("templateName", each.path("name").asText())
                        .put("metaTemplateId", each.path("id").asText())
                        .put("templateStatus", each.path("status").asText())
                        .put("templateQualityScore", "UNKNOWN")
                        .put("templateLanguage", each.path("language").asText())
                        .put("templateCategory", each.path("category").asText()));
        return answer;
    }

    private ObjectNode createTemplate(ObjectNode request) {
        ObjectNode definition = blob(request, "templateDefinition", LONGEST_DEFINITION);
        ObjectNode created = call("POST", accountId(request), List.of("message_templates"), definition);
        return Json.object()
                .put("metaTemplateId", created.path("id").asText())
                .put("templateStatus", created.path("status").asText())
                .put("category", created.path("category").asText());
    }

    private ObjectNode getTemplate(ObjectNode request) {
        accountId(request);
        return Json.object()
                .put(
                        "template",
                        Json.write(call(
                                "GET",
                                text(request, "metaTemplateId"),
                                List.of(),
                                Json.object().put("fields", "name,status,language,category,components"))));
    }

    private ObjectNode updateTemplate(ObjectNode request) {
        accountId(request);
        ObjectNode given = Json.object();
        if (request.hasNonNull("templateCategory")) {
            given.put("category", text(request, "templateCategory"));
        }
        if (request.hasNonNull("templateComponents")) {
            given.set("components", tree(request, "templateComponents", LONGEST_COMPONENTS));
        }
        call("POST", text(request, "metaTemplateId"), List.of(), given);
        return Json.object();
    }

    private ObjectNode deleteTemplate(ObjectNode request) {
        ObjectNode given = Json.object().put("name", text(request, "templateName"));
        if (request.hasNonNull("metaTemplateId")) {
            given.put("hsm_id", text(request, "metaTemplateId"));
        }
        call("DELETE", accountId(request), List.of("message_templates"), given);
        return Json.object();
    }

    private ObjectNode library(ObjectNode request) {
        accountId(request);
        ObjectNode answer = Json.object();
        ArrayNode all = answer.putArray("metaLibraryTemplates");
        call("GET", "message_template_library", List.of(), Json.object())
                .path("data")
                .forEach(each -> all.addObject()
                        .put("templateName", each.path("name").asText())
                        .put("templateLanguage", each.path("language").asText())
                        .put("templateCategory", each.path("category").asText())
                        .put("templateTopic", each.path("topic").asText()));
        return answer;
    }

    private ObjectNode sample(ObjectNode request) {
        accountId(request);
        if (!request.at("/sourceS3File/bucketName").asText("").matches("[a-z0-9.-]{3,63}")) {
            throw new Refused(400, "ValidationException");
        }
        return Json.object()
                .put(
                        "metaHeaderHandle",
                        "4::eum:" + request.at("/sourceS3File/key").asText());
    }

    private static ObjectNode blob(ObjectNode request, String name, int longest) {
        return tree(request, name, longest) instanceof ObjectNode object ? object : Json.object();
    }

    private static JsonNode tree(ObjectNode request, String name, int longest) {
        byte[] bytes = Base64.getDecoder().decode(text(request, name));
        if (bytes.length == 0 || bytes.length > longest) {
            throw new Refused(400, "ValidationException");
        }
        try {
            return lull.contract.json.Json.tree(bytes);
        } catch (UnreadableJson e) {
            throw new Refused(400, "InvalidParametersException");
        }
    }

    private static String text(ObjectNode request, String name) {
        return request.path(name).asText("");
    }
}
