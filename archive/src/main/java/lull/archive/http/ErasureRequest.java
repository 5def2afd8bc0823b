package lull.archive.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import lull.archive.erasure.Eraser;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;

/// Reader of the body of a request to erase a customer. Pure.
final class ErasureRequest {

    private static final Set<String> MEMBERS = Set.of("ids", "dryRun", "by");
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{4,254}");
    private static final int MAX_AUTHOR = 200;

    private ErasureRequest() {}

    /// Body that cannot be used, with the reason for the client.
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String reason) {
            super(reason);
        }
    }

    /// Reads a body; throws [Wrong] with the reason if it cannot be used.
    static Eraser.Request read(byte[] body) {
        JsonNode request = tree(body);
        if (!request.isObject()) {
            throw new Wrong("The body must be a JSON object");
        }
        request.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                throw new Wrong("Unknown member " + name + ": the body may have ids, dryRun and by");
            }
        });
        String by = request.path("by").asText("").strip();
        if (by.isEmpty() || by.length() > MAX_AUTHOR) {
            throw new Wrong("by must be the author, with up to " + MAX_AUTHOR + " characters");
        }
        return new Eraser.Request(ids(request.path("ids")), isDryRun(request.path("dryRun")), by);
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.tree(body);
        } catch (UnreadableJson e) {
            throw new Wrong("The body must be a JSON object: " + e.getMessage());
        }
    }

    private static Set<String> ids(JsonNode given) {
        Set<String> ids = new TreeSet<>();
        for (JsonNode id : given) {
            if (!id.isTextual() || !ID.matcher(id.textValue()).matches()) {
                throw new Wrong(
                        "Each of ids must be a phone number in digits, or a user id such as US.13491208655302741918");
            }
            ids.add(id.textValue());
        }
        if (!given.isArray() || ids.isEmpty() || ids.size() > Eraser.MAX_IDS) {
            throw new Wrong("ids must be a list of 1 to " + Eraser.MAX_IDS + " ids of the customer");
        }
        return ids;
    }

    private static boolean isDryRun(JsonNode given) {
        if (!given.isMissingNode() && !given.isBoolean()) {
            throw new Wrong("dryRun must be true or false");
        }
        return given.asBoolean();
    }
}
