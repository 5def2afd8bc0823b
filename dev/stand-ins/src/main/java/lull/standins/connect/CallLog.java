package lull.standins.connect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import lull.standins.http.Json;

/// The API calls that came in, oldest first, without what they said; the latest 10,000 of them.
final class CallLog {
    private static final int MOST_CALLS = 10_000;

    /// `contactId` and `clientToken` are empty when the call had none.
    record Call(Instant at, String operation, String contactId, String clientToken, int status, String code) {}

    private final Deque<Call> calls = new ArrayDeque<>();

    synchronized void add(Call call) {
        if (calls.size() == MOST_CALLS) {
            calls.removeFirst();
        }
        calls.addLast(call);
    }

    synchronized ArrayNode toJson() {
        ArrayNode array = Json.array();
        for (Call call : calls) {
            ObjectNode json = array.addObject()
                    .put("at", call.at().toString())
                    .put("operation", call.operation())
                    .put("status", call.status());
            putUnlessEmpty(json, "contactId", call.contactId());
            putUnlessEmpty(json, "clientToken", call.clientToken());
            putUnlessEmpty(json, "code", call.code());
        }
        return array;
    }

    private static void putUnlessEmpty(ObjectNode json, String name, String value) {
        if (!value.isEmpty()) {
            json.put(name, value);
        }
    }
}
