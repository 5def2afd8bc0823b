package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.contract.json.UnreadableJson;
import lull.standins.http.Json;

/// A call of the Graph API about something else than a message: a node, and an edge of it with what was given.
///
/// @param version number of the version, such as 23
/// @param node id of the object
/// @param edge what follows the id, such as `message_templates`; empty for the object itself
/// @param given the query, the JSON or the form, whichever the edge documents
/// @param files of a form, by their field
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record BusinessCall(
        int version,
        String method,
        String node,
        List<String> edge,
        ObjectNode given,
        Map<String, byte[]> files,
        byte[] body) {

    /// Edges that take their parameters from the query although they are changes.
    private static final Set<String> BY_QUERY = Set.of(
            "conversational_automation",
            "whatsapp_commerce_settings",
            "request_code",
            "verify_code",
            "uploads",
            "subscriptions");

    static BusinessCall of(Context context, String node, List<String> edge) {
        int version = Integer.parseInt(context.pathParam("version").replaceAll("^v|\\..*$", ""));
        String method = context.method().name();
        ObjectNode given = Json.object();
        boolean isByQuery = method.equals("GET")
                || method.equals("DELETE")
                || (!edge.isEmpty() && BY_QUERY.contains(edge.getFirst()));
        if (isByQuery) {
            context.queryParamMap().forEach((name, values) -> given.put(name, values.getFirst()));
        }
        Map<String, byte[]> files = new HashMap<>();
        if (!isByQuery || method.equals("DELETE")) {
            String type = String.valueOf(context.contentType());
            if (type.startsWith("multipart/form-data")) {
                context.formParamMap()
                        .forEach((name, values) ->
                                values.stream().findFirst().ifPresent(value -> given.put(name, value)));
                context.uploadedFileMap()
                        .forEach((name, uploads) ->
                                uploads.stream().findFirst().ifPresent(file -> files.put(name, bytes(file))));
            } else if (type.startsWith("application/json")) {
                given.setAll(Json.read(context.bodyAsBytes())
                        .orElseThrow(() -> GraphException.invalid("The body is not a JSON object.")));
            }
        }
        byte[] body = files.isEmpty() ? context.bodyAsBytes() : new byte[0];
        return new BusinessCall(version, method, node, List.copyOf(edge), given, files, body);
    }

    String text(String name) {
        return given.path(name).asText("");
    }

    boolean has(String name) {
        return given.hasNonNull(name);
    }

    /// The text that must be given.
    String required(String name, int longest) {
        String value = text(name);
        if (value.isEmpty()) {
            throw GraphException.missing("The parameter %s is required.".formatted(name));
        }
        if (value.codePointCount(0, value.length()) > longest) {
            throw GraphException.invalid("Param %s must be at most %d characters long.".formatted(name, longest));
        }
        return value;
    }

    /// The text if it is given.
    Optional<String> optional(String name, int longest) {
        return has(name) ? Optional.of(required(name, longest)) : Optional.empty();
    }

    String word(String name, String... words) {
        String value = required(name, 200);
        if (!List.of(words).contains(value)) {
            throw GraphException.invalid("Param %s must be one of %s.".formatted(name, List.of(words)));
        }
        return value;
    }

    int whole(String name, int least, int most) {
        String value = text(name);
        if (!value.matches("-?[0-9]{1,9}") || Integer.parseInt(value) < least || Integer.parseInt(value) > most) {
            throw GraphException.invalid("Param %s must be a whole number from %d to %d.".formatted(name, least, most));
        }
        return Integer.parseInt(value);
    }

    /// A list or an object, which a query and a form have as text.
    JsonNode tree(String name) {
        JsonNode value = given.path(name);
        if (value.isTextual()) {
            try {
                return lull.contract.json.Json.tree(value.textValue());
            } catch (UnreadableJson e) {
                throw GraphException.invalid("Param %s must be JSON.".formatted(name));
            }
        }
        return value;
    }

    List<ObjectNode> objects(String name, int least, int most) {
        JsonNode value = tree(name);
        if (!value.isArray() || value.size() < least || value.size() > most) {
            throw GraphException.invalid("Param %s must be a list of %d to %d elements.".formatted(name, least, most));
        }
        List<ObjectNode> objects = new ArrayList<>();
        value.forEach(each -> {
            if (each instanceof ObjectNode object) {
                objects.add(object);
            } else {
                throw GraphException.invalid("Param %s must be a list of objects.".formatted(name));
            }
        });
        return objects;
    }

    void requireProduct() {
        if (!text("messaging_product").equals("whatsapp")) {
            throw GraphException.invalid("The parameter messaging_product is required and must be whatsapp.");
        }
    }

    /// Returns the fields of an object that were asked for; without `fields` the usual ones.
    ObjectNode fields(ObjectNode object, String... usual) {
        List<String> wanted = has("fields") ? names(text("fields")) : List.of(usual);
        ObjectNode shown = Json.object();
        for (String name : wanted) {
            if (object.has(name)) {
                shown.set(name, object.get(name));
            }
        }
        if (object.has("id")) {
            shown.set("id", object.get("id"));
        }
        return shown;
    }

    /// The names of fields, without their parameters and nested fields.
    static List<String> names(String fields) {
        List<String> names = new ArrayList<>();
        int depth = 0;
        StringBuilder name = new StringBuilder();
        for (char each : (fields + ",").toCharArray()) {
            depth += "({[".indexOf(each) >= 0 ? 1 : ")}]".indexOf(each) >= 0 ? -1 : 0;
            if (depth == 0 && each == ',') {
                names.add(name.toString().replaceFirst("[.({\\[].*$", "").strip());
                name.setLength(0);
            } else {
                name.append(each);
            }
        }
        return names.stream().filter(each -> !each.isEmpty()).toList();
    }

    /// Returns a page of a list, with cursors; the address of the next page has the access token, as at Meta.
    ObjectNode page(List<ObjectNode> all) {
        int limit = has("limit") ? whole("limit", 1, 1_000) : 25;
        int from = has("after") ? position("after") + 1 : has("before") ? Math.max(0, position("before") - limit) : 0;
        List<ObjectNode> shown = all.subList(Math.min(from, all.size()), Math.min(all.size(), from + limit));
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        shown.forEach(data::add);
        if (!shown.isEmpty()) {
            ObjectNode paging = answer.putObject("paging");
            paging.putObject("cursors").put("before", cursor(from)).put("after", cursor(from + shown.size() - 1));
            if (from + shown.size() < all.size()) {
                paging.put(
                        "next",
                        "https://graph.facebook.com/page?access_token=local-token&after="
                                + cursor(from + shown.size() - 1));
            }
        }
        return answer;
    }

    private int position(String name) {
        try {
            String cursor = new String(Base64.getUrlDecoder().decode(text(name)), StandardCharsets.UTF_8);
            if (cursor.matches("at[0-9]{1,9}")) {
                return Integer.parseInt(cursor.substring(2));
            }
        } catch (IllegalArgumentException e) {
            // Refused below.
        }
        // Since version 24 a cursor that is not valid has a code of its own.
        throw version >= 24
                ? GraphException.of(131059, "Invalid cursor", "The cursor is not valid.")
                : GraphException.invalid("Param %s must be a cursor.".formatted(name));
    }

    private static String cursor(int position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("at" + position).getBytes(StandardCharsets.UTF_8));
    }

    static ObjectNode success() {
        return Json.object().put("success", true);
    }

    private static byte[] bytes(UploadedFile file) {
        try (InputStream in = file.content()) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
