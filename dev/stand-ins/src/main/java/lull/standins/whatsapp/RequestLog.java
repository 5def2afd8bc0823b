package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import lull.standins.http.Json;

/// The requests to the Graph API, oldest first, with their bodies; the latest 10,000 of them.
final class RequestLog {
    private static final int MOST_REQUESTS = 10_000;

    private final InstantSource clock;
    private final Deque<ObjectNode> requests = new ArrayDeque<>();

    RequestLog(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void add(String method, String path, int status, ObjectNode body) {
        if (requests.size() == MOST_REQUESTS) {
            requests.removeFirst();
        }
        ObjectNode request = Json.object()
                .put("at", clock.instant().toString())
                .put("method", method)
                .put("path", path)
                .put("status", status);
        requests.addLast(request.set("body", body));
    }

    synchronized ArrayNode toJson() {
        ArrayNode array = Json.array();
        requests.forEach(array::add);
        return array;
    }

    /// The receipts that were accepted: messages that the business marked as read, and whether it was typing.
    synchronized ArrayNode receipts() {
        ArrayNode array = Json.array();
        for (ObjectNode request : requests) {
            JsonNode body = request.path("body");
            if (request.path("status").asInt() == 200
                    && body.path("status").asText().equals("read")) {
                array.addObject()
                        .put("at", request.path("at").asText())
                        .put("messageId", body.path("message_id").asText())
                        .put("typing", body.has("typing_indicator"));
            }
        }
        return array;
    }
}
